/* SPDX-License-Identifier: Apache-2.0 */
/** Everything that is booked, counted again from households and persons. */
#include "engine/pass.h"
#include "process/budget/budget.h"

/* Land rights have a zone if and only if they are held. Counts the households where they do not. */
static int64_t count_wrong_land(const tw_world *world)
{
    int64_t wrong = 0;
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const int state = block->land_state[h];
            const int held = state == TW_LAND_USED || state == TW_LAND_LET;
            wrong += held != (block->land_zone[h] >= 0);
        }
    }
    return wrong;
}

static tw_status recount(const tw_world *world, tw_zones *counted)
{
    for (int32_t b = 0; b < world->population->num_blocks; b++) {
        const tw_block *block = &world->population->blocks[b];
        for (int32_t h = 0; h < block->num_households; h++) {
            const int zone = block->zone[h], tenure = block->tenure[h];
            TW_AT(counted, persons, zone) += tw_household_size(block, h);
            TW_AT(counted, families, zone) += tenure != TW_COLLECTIVE;
            TW_AT(counted, collectives, zone) += tenure == TW_COLLECTIVE;
            TW_AT(counted, dwellings_used, zone) +=
                tenure == TW_TOWN_OWNER || tenure == TW_TOWN_RENTER;
            TW_AT(counted, public_used, zone) += tenure == TW_PUBLIC_RENTAL;
            for (int32_t p = block->first_person[h]; p < block->first_person[h + 1]; p++) {
                const int sector = block->activity[p] - TW_EMPLOYED;
                if (sector >= 0) {
                    tw_zone_column(counted, TW_ZONE_employed_industry + sector)[zone] += 1;
                }
            }
            TW_AT(counted, displaced, zone) += (block->flags[h] & TW_DISPLACED) != 0;
        }
    }
    return TW_OK;
}

/* No more lived in than there are, no more jobs held than there are. */
static tw_status check_limits(const tw_world *world, const tw_zones *counted, tw_report *report)
{
    static const int limit[][2] = {
        {TW_ZONE_dwellings_used,        TW_ZONE_dwellings        },
        {TW_ZONE_public_used,           TW_ZONE_public_dwellings },
        {TW_ZONE_employed_industry,     TW_ZONE_jobs_industry    },
        {TW_ZONE_employed_construction, TW_ZONE_jobs_construction},
        {TW_ZONE_employed_services,     TW_ZONE_jobs_services    },
        {TW_ZONE_employed_public,       TW_ZONE_jobs_public      }
    };
    tw_status status = TW_OK;
    for (size_t i = 0; i < sizeof limit / sizeof *limit; i++) {
        for (int z = 0; z < world->num_zones && status == TW_OK; z++) {
            const int64_t used = tw_zone_column(counted, limit[i][0])[z];
            const int64_t all = tw_zone_column(&world->zones, limit[i][1])[z];
            if (used > all || all < 0) {
                status = tw_report_add(report, TW_BAD_STATE, NULL, 0, NULL,
                                       "quarter %d, zone %d: %s is %lld, of %s %lld",
                                       (int)world->quarter, z, tw_zone_field_at(limit[i][0]).name,
                                       (long long)used, tw_zone_field_at(limit[i][1]).name,
                                       (long long)all);
            }
        }
    }
    return status;
}

/* No stock and no count below zero, no more children of other counties at school than places. */
static tw_status check_stocks(const tw_world *world, tw_report *report)
{
    tw_status status = TW_OK;
    for (int field = 0; field < TW_END_COUNTS; field++) {
        for (int z = 0; z < world->num_zones && status == TW_OK; z++) {
            const int64_t value = tw_zone_column(&world->zones, field)[z];
            const int64_t most = field == TW_ZONE_school_admitted
                                     ? TW_AT(&world->zones, places_school, z)
                                     : INT64_MAX;
            if (value < 0 || value > most) {
                status = tw_report_add(report, TW_BAD_STATE, NULL, 0, NULL,
                                       "quarter %d, zone %d: %s is %lld", (int)world->quarter, z,
                                       tw_zone_field_at(field).name, (long long)value);
            }
        }
    }
    return status;
}

/* Money of households against the books, and all accounts against each other: to the cent. */
static tw_status check_money(const tw_world *world, tw_report *report)
{
    const tw_budget *budget = &world->budget;
    int64_t savings = 0, debt = 0, all = 0;
    tw_budget_recount(world, &savings, &debt);
    for (int a = 0; a < TW_NUM_ACCOUNTS; a++) {
        all += budget->account[a];
    }
    const int64_t booked = budget->savings_start + budget->account[TW_ACCOUNT_HOUSEHOLDS];
    if (all != 0 || savings != booked || debt != budget->debt_start + budget->debt_change) {
        return tw_report_add(report, TW_BAD_STATE, NULL, 0, NULL,
                             "quarter %d: savings are %lld cents, booked %lld; debts %lld, booked "
                             "%lld; accounts add up to %lld",
                             (int)world->quarter, (long long)savings, (long long)booked,
                             (long long)debt, (long long)(budget->debt_start + budget->debt_change),
                             (long long)all);
    }
    return TW_OK;
}

tw_status tw_pass_verify(const tw_world *world, tw_report *report)
{
    static const int fields[] = {TW_ZONE_persons,        TW_ZONE_families,    TW_ZONE_collectives,
                                 TW_ZONE_dwellings_used, TW_ZONE_public_used, TW_ZONE_displaced};
    tw_zones counted = {0, NULL};
    tw_status status = tw_zones_create(world->num_zones, &counted);
    if (status == TW_OK) {
        status = recount(world, &counted);
    }
    for (size_t f = 0; f < sizeof fields / sizeof *fields && status == TW_OK; f++) {
        for (int z = 0; z < world->num_zones && status == TW_OK; z++) {
            const int64_t booked = tw_zone_column(&world->zones, fields[f])[z];
            const int64_t found = tw_zone_column(&counted, fields[f])[z];
            if (booked != found || booked < 0) {
                status = tw_report_add(report, TW_BAD_STATE, NULL, 0, NULL,
                                       "quarter %d, zone %d: %s booked %lld, counted %lld",
                                       (int)world->quarter, z, tw_zone_field_at(fields[f]).name,
                                       (long long)booked, (long long)found);
            }
        }
    }
    if (status == TW_OK) {
        status = check_limits(world, &counted, report);
    }
    if (status == TW_OK) {
        status = check_stocks(world, report);
    }
    if (status == TW_OK) {
        status = check_money(world, report);
    }
    const int64_t wrong = status == TW_OK ? count_wrong_land(world) : 0;
    if (wrong > 0) {
        status = tw_report_add(report, TW_BAD_STATE, NULL, 0, NULL,
                               "quarter %d: %lld households whose land has a state but no zone, or "
                               "a zone but no state",
                               (int)world->quarter, (long long)wrong);
    }
    tw_zones_free(&counted);
    return status;
}
