/* SPDX-License-Identifier: Apache-2.0 */
/** Rounds of mutual best choices, ring by ring. */
#include "exchange/pairing.h"

#include <stdlib.h>
#include <string.h>

#include "base/clones.h"

tw_status tw_seekers_add(tw_seekers *list, const tw_seeker *seeker)
{
    if (list->count == list->max) {
        const int32_t grown = list->max == 0 ? 1024 : 2 * list->max;
        tw_seeker *row = realloc(list->row, (size_t)grown * sizeof(*row));
        if (row == NULL) {
            return TW_NO_MEMORY;
        }
        list->row = row;
        list->max = grown;
    }
    list->row[list->count++] = *seeker;
    return TW_OK;
}

void tw_seekers_free(tw_seekers *list)
{
    free(list->row);
    memset(list, 0, sizeof *list);
}

/** One sex of a ring: columns of those still alone, and each one's best of the other sex. */
typedef struct tw_side {
    int32_t count;
    int32_t *index; /**< into the seekers */
    uint64_t *hash, *household, *kin;
    int32_t *birth;
    int32_t *best;   /**< position on the other side, -1 = nobody fits */
    uint64_t *score; /**< of the best */
    void *storage;
} tw_side;

typedef struct tw_ring {
    tw_side men, women;
    const tw_age_window *window;
    uint64_t *work; /**< [men] scores of one woman */
} tw_ring;

static tw_status side_create(tw_side *side, int32_t size)
{
    const size_t rows = (size_t)size + 8;
    uint64_t *at = malloc(rows * (4 * sizeof(uint64_t) + 3 * sizeof(int32_t)));
    memset(side, 0, sizeof *side);
    if (at == NULL) {
        return TW_NO_MEMORY;
    }
    side->storage = at;
    side->hash = at;
    side->household = at + rows;
    side->kin = at + 2 * rows;
    side->score = at + 3 * rows;
    side->index = (int32_t *)(void *)(at + 4 * rows);
    side->birth = side->index + rows;
    side->best = side->birth + rows;
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
    side->best[i] = -1;
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

/*
 * Scores of one person with everybody of the other side; smaller is better, UINT64_MAX when two do
 * not fit by age or are kin. Ages five years off the usual distance double the score. No branches,
 * so that it runs in vectors.
 *
 * @param sign  1 when the one is a woman and the others are men, -1 the other way round
 */
TW_CLONES static void score_all(const tw_side *one_side, int32_t one, const tw_side *others,
                                const tw_age_window *window, int32_t sign, uint64_t *restrict score)
{
    const uint64_t hash = one_side->hash[one], home = one_side->household[one];
    const uint64_t kin = one_side->kin[one];
    const uint64_t *restrict their_hash = others->hash, *restrict their_home = others->household;
    const uint64_t *restrict their_kin = others->kin;
    const int32_t *restrict their_birth = others->birth;
    const int64_t birth = one_side->birth[one], usual = window->usual;
    const int64_t oldest = window->man_older, youngest = -window->man_younger;
    for (int32_t i = 0; i < others->count; i++) {
        const int64_t older = sign * (birth - their_birth[i]), off = older - usual;
        uint64_t mixed = (hash ^ their_hash[i]) * UINT64_C(0x9e3779b97f4a7c15);
        mixed = (mixed ^ (mixed >> 32)) * UINT64_C(0xd6e8feb86659fd93);
        const int unfit = (older > oldest) | (older < youngest) | (home == their_home[i]) |
                          (kin == their_home[i]) | (home == their_kin[i]) | (kin == their_kin[i]);
        score[i] = unfit ? UINT64_MAX : (mixed >> 32) * (400 + (uint64_t)(off * off));
    }
}

static void set_best(tw_side *side, int32_t one, const uint64_t *score, int32_t count)
{
    int32_t best = -1;
    uint64_t least = UINT64_MAX;
    for (int32_t i = 0; i < count; i++) {
        if (score[i] < least) {
            least = score[i];
            best = i;
        }
    }
    side->best[one] = best;
    side->score[one] = least;
}

/* Everyone's best in a full ring: one row of scores per woman serves both sides. */
static void find_first_best(tw_ring *ring)
{
    tw_side *men = &ring->men;
    for (int32_t m = 0; m < men->count; m++) {
        men->score[m] = UINT64_MAX;
    }
    for (int32_t w = 0; w < ring->women.count; w++) {
        score_all(&ring->women, w, men, ring->window, 1, ring->work);
        set_best(&ring->women, w, ring->work, men->count);
        for (int32_t m = 0; m < men->count; m++) {
            const int better = ring->work[m] < men->score[m];
            men->score[m] = better ? ring->work[m] : men->score[m];
            men->best[m] = better ? w : men->best[m];
        }
    }
}

/* Positions after those who are paired, or whom nobody left fits, have gone; -1 = gone. */
static void close_ranks(tw_side *side, const tw_seeker *seeker, int32_t *moved_to)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < side->count; i++) {
        const int stays = !seeker[side->index[i]].paired && side->best[i] >= 0;
        moved_to[i] = stays ? kept : -1;
        if (stays) {
            side_move(side, i, kept++);
        }
    }
    side->count = kept;
}

/* Only whose best has gone looks again. */
static void find_next_best(tw_side *side, const tw_side *others, const int32_t *moved_to,
                           const tw_age_window *window, int32_t sign, uint64_t *work)
{
    for (int32_t i = 0; i < side->count; i++) {
        const int32_t still = moved_to[side->best[i]];
        if (still >= 0) {
            side->best[i] = still;
            continue;
        }
        score_all(side, i, others, window, sign, work);
        set_best(side, i, work, others->count);
    }
}

static int32_t pair_mutual(const tw_ring *ring, tw_seeker *seeker, tw_pair *pair)
{
    int32_t made = 0;
    for (int32_t m = 0; m < ring->men.count; m++) {
        const int32_t w = ring->men.best[m];
        if (w >= 0 && ring->women.best[w] == m) {
            pair[made] = (tw_pair){ring->men.index[m], ring->women.index[w]};
            seeker[pair[made].man].paired = seeker[pair[made].woman].paired = 1;
            made++;
        }
    }
    return made;
}

/* Rounds of mutual best choices until nobody is left whom somebody fits. */
static int32_t pair_all(tw_ring *ring, tw_seeker *seeker, int32_t *moved_men, int32_t *moved_women,
                        tw_pair *pair)
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
        find_next_best(&ring->men, &ring->women, moved_women, ring->window, -1, ring->work);
        find_next_best(&ring->women, &ring->men, moved_men, ring->window, 1, ring->work);
    }
    return made;
}

/* Pairs the unpaired seekers [from, to) of a ring. */
static tw_status pair_ring(tw_seeker *seeker, int32_t from, int32_t to, const tw_age_window *window,
                           uint64_t salt, tw_pair *pair, int32_t *made)
{
    tw_ring ring = {.window = window};
    const size_t size = (size_t)(to - from) + 1;
    int32_t *moved = malloc(2 * size * sizeof(*moved));
    ring.work = malloc(size * sizeof(*ring.work));
    tw_status status = moved == NULL || ring.work == NULL ? TW_NO_MEMORY : TW_OK;
    if (status == TW_OK) {
        status = side_create(&ring.men, to - from);
    }
    if (status == TW_OK) {
        status = side_create(&ring.women, to - from);
    }
    *made = 0;
    if (status == TW_OK) {
        for (int32_t i = from; i < to; i++) {
            if (!seeker[i].paired) {
                side_add(seeker[i].sex == TW_MALE ? &ring.men : &ring.women, &seeker[i], i, salt);
            }
        }
        *made = pair_all(&ring, seeker, moved, moved + size, pair);
    }
    free(ring.men.storage);
    free(ring.women.storage);
    free(ring.work);
    free(moved);
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

static int by_ring_and_uid(const void *left, const void *right)
{
    const tw_seeker *a = left, *b = right;
    if (a->prefecture != b->prefecture) {
        return a->prefecture < b->prefecture ? -1 : 1;
    }
    if (a->county != b->county) {
        return a->county < b->county ? -1 : 1;
    }
    return (a->uid > b->uid) - (a->uid < b->uid);
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
    if (list->count > 1) {
        qsort(list->row, (size_t)list->count, sizeof(*list->row), by_ring_and_uid);
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
