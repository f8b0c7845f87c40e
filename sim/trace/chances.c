/* SPDX-License-Identifier: Apache-2.0 */
/** The draws of a quarter beside the probabilities they are compared with. */
#include <stdio.h>

#include "trace/tracer.h"

static const struct {
    int slot;
    tw_purpose purpose;
} kinds[TW_NUM_CHANCES] = {
#define CHANCE_ROW(id, slot, purpose, words) {slot, purpose},
    TW_CHANCE_LIST(CHANCE_ROW)
#undef CHANCE_ROW
};

void tw_chance_note_uniform(tw_tracer *tracer, tw_chance_kind kind, uint64_t who, double u,
                            double p)
{
    if (p > 0 && tracer->num_chances < TW_TRACE_CHANCES) {
        tracer->chance[tracer->num_chances++] = (tw_chance){kind, who, u, p};
    }
}

void tw_chance_note(tw_tracer *tracer, tw_chance_kind kind, uint64_t who, double p)
{
    const tw_world *world = tracer->world;
    const tw_purpose events =
        who == tracer->household ? TW_DRAW_HOUSEHOLD_EVENTS : TW_DRAW_PERSON_EVENTS;
    const tw_draw draw = tw_draw_at(world->key, events, who, world->quarter, 0);
    const uint32_t lead = tw_event_lead(draw.word[0], draw.word[1], kinds[kind].slot);
    const double u = tw_event_uniform(world->key, kinds[kind].purpose, who, world->quarter, lead);
    tw_chance_note_uniform(tracer, kind, who, u, p);
}

const tw_chance *tw_chance_find(const tw_tracer *tracer, tw_chance_kind kind, uint64_t who)
{
    for (int i = 0; i < tracer->num_chances; i++) {
        if (tracer->chance[i].kind == kind && tracer->chance[i].who == who) {
            return &tracer->chance[i];
        }
    }
    return NULL;
}

int tw_chance_came(const tw_tracer *tracer, tw_chance_kind kind, uint64_t who)
{
    const tw_chance *chance = tw_chance_find(tracer, kind, who);
    return chance != NULL && chance->u < chance->p;
}

const char *tw_chance_text(const tw_tracer *tracer, tw_chance_kind kind, uint64_t who,
                           char out[TW_WORDS])
{
    const tw_chance *chance = tw_chance_find(tracer, kind, who);
    out[0] = '\0';
    if (chance != NULL) {
        snprintf(out, TW_WORDS, " (U %.6f %s p %.6f)", chance->u,
                 chance->u < chance->p ? "<" : ">=", chance->p);
    }
    return out;
}
