/* SPDX-License-Identifier: Apache-2.0 */
/** Rounds of mutual best choices, ring by ring. */
#include "exchange/pairing.h"

#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/list.h"
#include "base/math.h"

tw_status tw_seekers_add(tw_seekers *list, const tw_seeker *seeker)
{
    tw_seeker *row = tw_list_fit(list->row, &list->max, list->count + 1, sizeof(*row));
    if (row == NULL) {
        return TW_NO_MEMORY;
    }
    list->row = row;
    list->row[list->count++] = *seeker;
    return TW_OK;
}

void tw_seekers_free(tw_seekers *list)
{
    free(list->row);
    memset(list, 0, sizeof *list);
}

/** What seekers are sorted by, then the uid; and where the row lies: rows are long. */
typedef struct tw_seeker_key {
    uint64_t key, uid;
    int32_t at;
} tw_seeker_key;

static int comes_before(const tw_seeker_key *a, const tw_seeker_key *b)
{
    return a->key != b->key ? a->key < b->key : a->uid < b->uid;
}

/* Of keys that are nearly in order. */
static void sort_by_insertion(tw_seeker_key *key, int32_t num)
{
    for (int32_t i = 1; i < num; i++) {
        const tw_seeker_key one = key[i];
        int32_t at = i;
        for (; at > 0 && comes_before(&one, &key[at - 1]); at--) {
            key[at] = key[at - 1];
        }
        key[at] = one;
    }
}

/**
 * A score and a position in one number, so that the least of them is the best choice: 44 bits of
 * score (27 drawn, 17 for the ages), then 20 of position, which decide between equal scores.
 */
enum { POSITION_BITS = 20, MOST_OF_A_SIDE = 1 << POSITION_BITS };
static const uint64_t nobody = UINT64_MAX;

static int32_t position_of(uint64_t choice)
{
    return choice == nobody ? -1 : (int32_t)(choice & (MOST_OF_A_SIDE - 1));
}

/** One sex of a ring: columns of those still alone, and each one's best of the other sex. */
typedef struct tw_side {
    int32_t count;
    int32_t *index; /**< into the seekers */
    uint64_t *hash, *household, *kin;
    double *birth;  /**< quarter, a whole number */
    uint64_t *best; /**< choice on the other side, nobody = no one fits */
    void *storage;
} tw_side;

typedef struct tw_ring {
    tw_side men, women;
    const tw_age_window *window;
} tw_ring;

static tw_status side_create(tw_side *side, int32_t size)
{
    const size_t rows = (size_t)size + 8;
    uint64_t *at = malloc(rows * (5 * sizeof(uint64_t) + sizeof(int32_t)));
    memset(side, 0, sizeof *side);
    if (at == NULL || size > MOST_OF_A_SIDE) {
        free(at);
        return TW_NO_MEMORY;
    }
    side->storage = at;
    side->hash = at;
    side->household = at + rows;
    side->kin = at + 2 * rows;
    side->best = at + 3 * rows;
    side->birth = (double *)(void *)(at + 4 * rows);
    side->index = (int32_t *)(void *)(at + 5 * rows);
    return TW_OK;
}

static void side_add(tw_side *side, const tw_seeker *seeker, int32_t index, uint64_t salt)
{
    const int32_t i = side->count++;
    side->index[i] = index;
    side->hash[i] = tw_mix2(seeker->uid, salt);
    side->household[i] = seeker->household_uid;
    /* Who knows of no kin has none in common: a value that no household has. */
    side->kin[i] = seeker->kin_uid != 0 ? seeker->kin_uid : ~seeker->uid;
    side->birth[i] = seeker->birth;
    side->best[i] = nobody;
}

static void side_move(tw_side *side, int32_t from, int32_t to)
{
    side->index[to] = side->index[from];
    side->hash[to] = side->hash[from];
    side->household[to] = side->household[from];
    side->kin[to] = side->kin[from];
    side->birth[to] = side->birth[from];
    side->best[to] = side->best[from];
}

/** Positions [from, to) of the other side whose ages fit: the sides are sorted by birth. */
typedef struct tw_range {
    int32_t from, to;
} tw_range;

static int32_t first_born_from(const tw_side *side, double birth)
{
    int32_t low = 0, high = side->count;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (side->birth[middle] < birth) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Of a woman (sign 1) the men of fitting ages, of a man (sign -1) the women. */
static tw_range fitting(const tw_side *others, double birth, const tw_age_window *window,
                        double sign)
{
    const double earliest = sign > 0 ? birth - window->man_older : birth - window->man_younger;
    const double latest = sign > 0 ? birth + window->man_younger : birth + window->man_older;
    return (tw_range){first_born_from(others, earliest), first_born_from(others, latest + 1)};
}

/*
 * Whole numbers below 2^52 in doubles: vectors multiply those, but no 64-bit numbers. With 2^52
 * added, a number is what the lower bits of the double are.
 */
static const double two_52 = 0x1p52;

/* Score of a pair, shifted before its position: exact, for 27 bits drawn times at most 17 bits for
 * the ages stay below 2^52, whose own bit and the exponent are shifted out. */
static inline uint64_t shifted_score(uint64_t mixed, double off)
{
    const double drawn = tw_bits_double(mixed >> 37 | UINT64_C(0x4330000000000000)) - two_52;
    return tw_double_bits(drawn * (400 + off * off) + two_52) << POSITION_BITS;
}

/*
 * Best choice of one person among those of the other side in a range of fitting ages, whose own
 * best is updated too. Smaller scores are better; kin are nobody's choice. Ages five years off the
 * usual distance double the score. No branches, so that it runs in vectors.
 *
 * @param sign  1 when the one is a woman and the others are men, -1 the other way round
 */
TW_CLONES static uint64_t best_of(const tw_side *one_side, int32_t one, const tw_side *others,
                                  tw_range range, double usual, double sign,
                                  uint64_t *restrict theirs)
{
    const uint64_t hash = one_side->hash[one], home = one_side->household[one];
    const uint64_t kin = one_side->kin[one];
    const uint64_t *restrict their_hash = others->hash, *restrict their_home = others->household;
    const uint64_t *restrict their_kin = others->kin;
    const double *restrict their_birth = others->birth;
    const double usual_birth = one_side->birth[one] - sign * usual;
    uint64_t best = nobody;
    for (int64_t i = range.from; i < range.to; i++) {
        const uint64_t mixed = (hash ^ their_hash[i]) * UINT64_C(0x9e3779b97f4a7c15);
        const uint64_t score = shifted_score(mixed, usual_birth - their_birth[i]);
        const uint64_t kin_of =
            (uint64_t)0 - (uint64_t)((home == their_home[i]) | (kin == their_home[i]) |
                                     (home == their_kin[i]) | (kin == their_kin[i]));
        const uint64_t choice = score | (uint64_t)i | kin_of;
        const uint64_t choice_of_them = score | (uint64_t)one | kin_of;
        best = choice < best ? choice : best;
        theirs[i] = choice_of_them < theirs[i] ? choice_of_them : theirs[i];
    }
    return best;
}

/* Everyone's best in a full ring: one row of scores per woman serves both sides. */
static void find_first_best(tw_ring *ring)
{
    const tw_age_window *window = ring->window;
    for (int32_t w = 0; w < ring->women.count; w++) {
        const tw_range range = fitting(&ring->men, ring->women.birth[w], window, 1);
        ring->women.best[w] =
            best_of(&ring->women, w, &ring->men, range, window->usual, 1, ring->men.best);
    }
}

/* Positions after those who are paired, or whom nobody left fits, have gone; -1 = gone. */
static void close_ranks(tw_side *side, const tw_seeker *seeker, int32_t *moved_to)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < side->count; i++) {
        const int stays = !seeker[side->index[i]].paired && side->best[i] != nobody;
        moved_to[i] = stays ? kept : -1;
        if (stays) {
            side_move(side, i, kept++);
        }
    }
    side->count = kept;
}

/* Only whose best has gone looks again; the work is lent for what nobody asks. */
static void find_next_best(tw_side *side, const tw_side *others, const int32_t *moved_to,
                           const tw_age_window *window, double sign, uint64_t *work)
{
    const uint64_t position = MOST_OF_A_SIDE - 1;
    for (int32_t i = 0; i < side->count; i++) {
        const int32_t still = moved_to[position_of(side->best[i])];
        if (still >= 0) {
            side->best[i] = (side->best[i] & ~position) | (uint64_t)still;
        } else {
            const tw_range range = fitting(others, side->birth[i], window, sign);
            side->best[i] = best_of(side, i, others, range, window->usual, sign, work);
        }
    }
}

static int32_t pair_mutual(const tw_ring *ring, tw_seeker *seeker, tw_pair *pair)
{
    int32_t made = 0;
    for (int32_t m = 0; m < ring->men.count; m++) {
        const int32_t w = position_of(ring->men.best[m]);
        if (w >= 0 && position_of(ring->women.best[w]) == m) {
            pair[made] = (tw_pair){ring->men.index[m], ring->women.index[w]};
            seeker[pair[made].man].paired = seeker[pair[made].woman].paired = 1;
            made++;
        }
    }
    return made;
}

/* Rounds of mutual best choices until nobody is left whom somebody fits. */
static int32_t pair_all(tw_ring *ring, tw_seeker *seeker, int32_t *moved_men, int32_t *moved_women,
                        uint64_t *work, tw_pair *pair)
{
    int32_t made = 0;
    find_first_best(ring);
    while (ring->men.count > 0 && ring->women.count > 0) {
        const int32_t now = pair_mutual(ring, seeker, pair + made);
        if (now == 0) {
            break;
        }
        made += now;
        close_ranks(&ring->men, seeker, moved_men);
        close_ranks(&ring->women, seeker, moved_women);
        find_next_best(&ring->men, &ring->women, moved_women, ring->window, -1, work);
        find_next_best(&ring->women, &ring->men, moved_men, ring->window, 1, work);
    }
    return made;
}

/* Seekers' births from the first one on; those born still later share the last number. */
enum { NUM_BIRTHS = 512 };

static int32_t birth_number(int32_t birth, int32_t first)
{
    return birth - first < NUM_BIRTHS - 1 ? birth - first : NUM_BIRTHS - 1;
}

/* Seekers [from, to) who are not paired yet, by birth and uid; returns their number. */
static int32_t sort_births(const tw_seeker *seeker, int32_t from, int32_t to, tw_seeker_key *key)
{
    int32_t next[NUM_BIRTHS + 1] = {0}, first = INT16_MAX;
    for (int32_t i = from; i < to; i++) {
        first = !seeker[i].paired && seeker[i].birth < first ? seeker[i].birth : first;
    }
    for (int32_t i = from; i < to; i++) {
        next[birth_number(seeker[i].paired ? first : seeker[i].birth, first) + 1] +=
            !seeker[i].paired;
    }
    for (int32_t n = 0; n < NUM_BIRTHS; n++) {
        next[n + 1] += next[n];
    }
    const int32_t num = next[NUM_BIRTHS];
    for (int32_t i = from; i < to; i++) {
        if (!seeker[i].paired) {
            key[next[birth_number(seeker[i].birth, first)]++] =
                (tw_seeker_key){(uint64_t)(seeker[i].birth + 32768), seeker[i].uid, i};
        }
    }
    sort_by_insertion(key, num);
    return num;
}

/* The sides of a ring, sorted by birth: seekers [from, to) who are not paired yet. */
static void fill_ring(tw_ring *ring, const tw_seeker *seeker, int32_t from, int32_t to,
                      uint64_t salt, tw_seeker_key *key)
{
    const int32_t num = sort_births(seeker, from, to, key);
    for (int32_t i = 0; i < num; i++) {
        const tw_seeker *one = &seeker[key[i].at];
        side_add(one->sex == TW_MALE ? &ring->men : &ring->women, one, key[i].at, salt);
    }
}

/* Pairs the unpaired seekers [from, to) of a ring. */
static tw_status pair_ring(tw_seeker *seeker, int32_t from, int32_t to, const tw_age_window *window,
                           uint64_t salt, tw_pair *pair, int32_t *made)
{
    tw_ring ring = {.window = window};
    const size_t size = (size_t)(to - from) + 1;
    int32_t *moved = malloc(2 * size * sizeof(*moved));
    uint64_t *work = calloc(size, sizeof(*work));
    tw_seeker_key *key = malloc(size * sizeof(*key));
    tw_status status = moved == NULL || work == NULL || key == NULL ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK) {
        status = side_create(&ring.men, to - from);
    }
    if (status == TW_OK) {
        status = side_create(&ring.women, to - from);
    }
    *made = 0;
    if (status == TW_OK) {
        fill_ring(&ring, seeker, from, to, salt, key);
        *made = pair_all(&ring, seeker, moved, moved + size, work, pair);
    }
    free(ring.men.storage);
    free(ring.women.storage);
    free(work);
    free(moved);
    free(key);
    return status;
}

/** A ring of each kind: what the seekers of one have in common. */
enum { RING_COUNTY, RING_PREFECTURE, RING_REGION, NUM_RINGS };

static int same_ring(const tw_seeker *a, const tw_seeker *b, int kind)
{
    return kind == RING_REGION ||
           (a->prefecture == b->prefecture && (kind == RING_PREFECTURE || a->county == b->county));
}

/* First seekers of the rings of a kind, in the sorted list; first[num] is the end. */
static int32_t find_rings(const tw_seekers *list, int kind, int32_t *first)
{
    int32_t num = 0;
    for (int32_t i = 0; i < list->count; i++) {
        if (i == 0 || !same_ring(&list->row[i - 1], &list->row[i], kind)) {
            first[num++] = i;
        }
    }
    first[num] = list->count;
    return num;
}

/* All rings of a kind; the pairs of the ring that starts at f go to part[f / 2 ...]. */
static tw_status pair_rings(tw_seekers *list, int32_t num, const int32_t *first,
                            const tw_age_window *window, uint64_t salt, int num_threads,
                            tw_pair *part, int32_t *made)
{
    tw_status worst = TW_OK;
    (void)num_threads; /* without OpenMP */
#pragma omp parallel for schedule(dynamic, 1) num_threads(num_threads)
    for (int32_t g = 0; g < num; g++) {
        tw_status status = pair_ring(list->row, first[g], first[g + 1], window, salt,
                                     part + first[g] / 2, &made[g]);
        if (status != TW_OK) {
#pragma omp critical(tw_seekers_pair)
            worst = status;
        }
    }
    return worst;
}

/* Counties in the order of their prefectures: rank by county. */
static int32_t rank_counties(const tw_seekers *list, int32_t *rank, int32_t num_counties)
{
    int32_t next = 0, prefectures = 0;
    for (int32_t i = 0; i < list->count; i++) {
        rank[list->row[i].county] = list->row[i].prefecture;
        prefectures =
            list->row[i].prefecture >= prefectures ? list->row[i].prefecture + 1 : prefectures;
    }
    int32_t *prefecture = rank + num_counties;
    memcpy(prefecture, rank, (size_t)num_counties * sizeof(*rank));
    for (int32_t p = 0; p < prefectures; p++) {
        for (int32_t c = 0; c < num_counties; c++) {
            if (prefecture[c] == p) {
                rank[c] = next++;
            }
        }
    }
    return next;
}

/* By prefecture and county; the order within a county is set when its ring is filled. */
static tw_status sort_seekers(tw_seekers *list)
{
    const size_t rows = (size_t)list->count;
    int32_t counties = 0;
    for (size_t i = 0; i < rows; i++) {
        counties = list->row[i].county >= counties ? list->row[i].county + 1 : counties;
    }
    int32_t *rank = malloc((3 * (size_t)counties + 2) * sizeof(*rank));
    tw_seeker *sorted = malloc((rows + 1) * sizeof(*sorted));
    if (rank == NULL || sorted == NULL) {
        free(rank);
        free(sorted);
        return TW_NO_MEMORY;
    }
    memset(rank, 0xff, (size_t)counties * sizeof(*rank));
    const int32_t ranks = rank_counties(list, rank, counties);
    int32_t *next = rank + counties; /* room of the prefectures and more */
    memset(next, 0, ((size_t)ranks + 1) * sizeof(*next));
    for (size_t i = 0; i < rows; i++) {
        next[rank[list->row[i].county] + 1]++;
    }
    for (int32_t r = 0; r < ranks; r++) {
        next[r + 1] += next[r];
    }
    for (size_t i = 0; i < rows; i++) {
        sorted[next[rank[list->row[i].county]]++] = list->row[i];
    }
    free(rank);
    free(list->row);
    list->row = sorted;
    list->max = (int32_t)rows + 1;
    return TW_OK;
}

/* Within a kind the rings are in order and their pairs too; the three kinds follow each other. */
static void gather_pairs(const tw_pair *part, const int32_t *first, const int32_t *made,
                         int32_t num, tw_pair *pair, int32_t *num_pairs)
{
    for (int32_t g = 0; g < num; g++) {
        memcpy(pair + *num_pairs, part + first[g] / 2, (size_t)made[g] * sizeof(*pair));
        *num_pairs += made[g];
    }
}

tw_status tw_seekers_pair(tw_seekers *list, tw_key key, int32_t quarter,
                          const tw_age_window *window, int num_threads, tw_pair *pair,
                          int32_t *num_pairs)
{
    const size_t rows = (size_t)list->count + 1;
    const uint64_t salt = tw_draw_at(key, TW_DRAW_PARTNER_PAIR, 0, quarter, 0).word[0];
    int32_t *first = malloc(rows * sizeof(*first)), *made = malloc(rows * sizeof(*made));
    tw_pair *part = malloc(rows * sizeof(*part));
    tw_status status = first == NULL || made == NULL || part == NULL ? TW_NO_MEMORY : TW_OK;
    *num_pairs = 0;
    if (status == TW_OK) {
        status = sort_seekers(list);
    }
    for (int kind = RING_COUNTY; kind < NUM_RINGS && status == TW_OK; kind++) {
        const int32_t num = find_rings(list, kind, first);
        status = pair_rings(list, num, first, window, salt, num_threads, part, made);
        if (status == TW_OK) {
            gather_pairs(part, first, made, num, pair, num_pairs);
        }
    }
    free(first);
    free(made);
    free(part);
    return status;
}
