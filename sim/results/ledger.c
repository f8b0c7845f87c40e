/* SPDX-License-Identifier: Apache-2.0 */
/** The ledger in a result file: by quarter, and by county and year. */
#include "results/ledger.h"

static tw_h5_axis programmes(const tw_record *record)
{
    return (tw_h5_axis){"programme", (hsize_t)record->num_programmes};
}

static void write_programmes(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                             int64_t *work, const char **pointers)
{
    static const char *const name[] = {"programme_name", "programme_lever", "programme_group",
                                       "programme_plan", "programme_payer"};
    static const char *const sentence[] = {"name of the programme in the scenario",
                                           "lever of the programme", "group of the lever",
                                           "paragraph of the plan", "who pays"};
    const tw_h5_axis axis = programmes(record);
    for (int i = 0; i < record->num_programmes; i++) {
        work[i] = i;
    }
    tw_h5_scale(h5, "programme", "1", "programme of a lever", work, axis.length);
    for (int column = 0; column < 5; column++) {
        for (int i = 0; i < record->num_programmes; i++) {
            const tw_programme *programme = tw_scenario_programme(scenario, i);
            const int lever = (int)programme->lever;
            const char *value[] = {programme->name, tw_lever_row_at(lever).path,
                                   tw_lever_group_name(tw_lever_group_of(lever)),
                                   tw_lever_row_at(lever).plan, tw_payer_word(programme->payer)};
            pointers[i] = value[column];
        }
        tw_h5_strings(h5, name[column], sentence[column], &axis, pointers);
    }
}

/* Whom grants are for; other levers have no households to choose. */
static void write_households(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                             int64_t *work, const char **pointers)
{
    const tw_h5_axis axis[] = {
        programmes(record), {"household_kind", TW_NUM_HOUSEHOLD_KINDS}
    };
    for (int kind = 0; kind < TW_NUM_HOUSEHOLD_KINDS; kind++) {
        work[kind] = kind;
        pointers[kind] = tw_household_kind_word((tw_household_kind)kind);
    }
    tw_h5_scale(h5, "household_kind", "1", "kind of household", work, axis[1].length);
    tw_h5_strings(h5, "household_kind_name", "kind of household", &axis[1], pointers);
    for (int i = 0; i < record->num_programmes; i++) {
        const tw_programme *programme = tw_scenario_programme(scenario, i);
        const int grant = tw_lever_row_at((int)programme->lever).kind == TW_KIND_GRANT;
        for (int kind = 0; kind < TW_NUM_HOUSEHOLD_KINDS; kind++) {
            work[i * TW_NUM_HOUSEHOLD_KINDS + kind] = grant && (programme->households >> kind & 1);
        }
    }
    tw_h5_variable(h5, "programme_households", "1", "1 = a grant is for households of the kind",
                   H5T_NATIVE_INT64, 2, axis, work);
}

static void write_quarters(tw_h5 *h5, const tw_record *record, int64_t *work)
{
    static const char *const name[] = {"outlay", "units", "refused"};
    static const char *const unit[] = {"cents", "1", "1"};
    static const char *const sentence[] = {
        "outlay in the quarter that ends here; yuan times 100",
        "units delivered, or households paid, in the quarter",
        "units or households that the ceilings excluded in the quarter"};
    const size_t rows =
        (size_t)record->num_replicates * (size_t)record->num_times * (size_t)record->num_programmes;
    const tw_h5_axis axis[] = {
        {"replicate", (hsize_t)record->num_replicates},
        {"time",      (hsize_t)record->num_times     },
        programmes(record)
    };
    for (int column = 0; column < 3; column++) {
        for (size_t i = 0; i < rows; i++) {
            const tw_outlay *outlay = &record->outlay[i];
            const int64_t value[] = {outlay->cents, outlay->units, outlay->refused};
            work[i] = value[column];
        }
        tw_h5_variable(h5, name[column], unit[column], sentence[column], H5T_NATIVE_INT64, 3, axis,
                       work);
    }
}

static void write_counties(tw_h5 *h5, const tw_record *record, int64_t *work)
{
    static const char *const name[] = {"county_outlay", "county_units", "county_reached"};
    static const char *const unit[] = {"cents", "1", "1"};
    static const char *const sentence[] = {
        "outlay in the year from 1 November, by county; yuan times 100",
        "units delivered, or households paid times quarters, in that year",
        "units; of levels: of the base, times quarters; of grants: households (times quarters)"};
    const tw_h5_axis axis[] = {
        {"replicate",   (hsize_t)record->num_replicates  },
        {"ledger_year", (hsize_t)record->num_ledger_years},
        programmes(record),
        {"county",      (hsize_t)record->num_counties    }
    };
    const size_t rows = (size_t)record->num_replicates * (size_t)record->num_ledger_years *
                        (size_t)record->num_programmes * (size_t)record->num_counties;
    for (int column = 0; column < 3; column++) {
        for (size_t i = 0; i < rows; i++) {
            const tw_ledger *row = &record->ledger[i];
            const int64_t value[] = {row->cents, row->units, row->reached};
            work[i] = value[column];
        }
        tw_h5_variable(h5, name[column], unit[column], sentence[column], H5T_NATIVE_INT64, 4, axis,
                       work);
    }
}

/* Cents of the ceiling that a programme has left at the end of a year; -1: see the sentence. */
static int64_t unspent(const tw_scenario *scenario, const tw_record *record, int programme,
                       int32_t year, int64_t spent)
{
    const tw_programme *of = tw_scenario_programme(scenario, programme);
    const int32_t delay = (int32_t)tw_scenario_settings(scenario)->delivery_delay;
    const int32_t first = record->start + 4 * year - delay;
    const int at_work = of->start < first + 4 && of->end > first && of->amount > 0;
    return of->ceiling_cents == INT64_MAX || !(at_work || spent > 0) ? -1
                                                                     : of->ceiling_cents - spent;
}

static void write_unspent(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                          int64_t *work)
{
    const tw_h5_axis axis[] = {
        {"replicate",   (hsize_t)record->num_replicates  },
        {"ledger_year", (hsize_t)record->num_ledger_years},
        programmes(record)
    };
    const int64_t rows =
        (int64_t)record->num_replicates * record->num_ledger_years * record->num_programmes;
    for (int64_t i = 0; i < rows; i++) {
        const tw_ledger *county = &record->ledger[i * record->num_counties];
        int64_t spent = 0;
        for (int c = 0; c < record->num_counties; c++) {
            spent += county[c].cents;
        }
        work[i] = unspent(scenario, record, (int)(i % record->num_programmes),
                          (int32_t)(i / record->num_programmes % record->num_ledger_years), spent);
    }
    tw_h5_variable(h5, "unspent", "cents",
                   "ceiling of the year less its outlay; yuan times 100; -1 = the programme has no "
                   "ceiling, or is not at work in that year",
                   H5T_NATIVE_INT64, 3, axis, work);
}

/* The scales that this group has of its own: years and counties. */
static void write_scales(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                         int64_t *work)
{
    int year, month;
    tw_quarter_start(record->start, &year, &month);
    for (int y = 0; y < record->num_ledger_years; y++) {
        work[y] = year + y;
    }
    tw_h5_scale(h5, "ledger_year", "year", "calendar year in which the year of money begins", work,
                (hsize_t)record->num_ledger_years);
    for (int c = 0; c < record->num_counties; c++) {
        work[c] = tw_scenario_region(scenario)->counties[c].code;
    }
    tw_h5_scale(h5, "county", "1", "administrative code of the county", work,
                (hsize_t)record->num_counties);
}

void tw_results_ledger(tw_h5 *h5, const tw_scenario *scenario, const tw_record *record,
                       int64_t *work, const char **pointers)
{
    if (record->num_programmes == 0) {
        return;
    }
    write_programmes(h5, scenario, record, work, pointers);
    write_households(h5, scenario, record, work, pointers);
    write_quarters(h5, record, work);
    if (record->num_ledger_years > 0) {
        write_scales(h5, scenario, record, work);
        write_counties(h5, record, work);
        write_unspent(h5, scenario, record, work);
    }
}
