/* SPDX-License-Identifier: Apache-2.0 */
/** Rows of settings, and entries made into values. */
#ifndef TW_SCENARIO_SETTINGS_H
#define TW_SCENARIO_SETTINGS_H

#include "scenario/entries.h"

/** A number from an entry: integers count as reals. Finding and BAD_INPUT when it is none. */
tw_status tw_entry_real(const tw_entry *entry, tw_report *report, double *value);
tw_status tw_entry_integer(const tw_entry *entry, tw_report *report, int64_t *value);
/** A date: "2025-05", a bare year as text or integer. */
tw_status tw_entry_date(const tw_entry *entry, tw_report *report, int32_t *quarter);
/** A word; lent by the entry. */
tw_status tw_entry_word(const tw_entry *entry, tw_report *report, const char **word);

/** Writes every setting: defaults first, then what the entries say. Findings for what is wrong. */
void tw_settings_resolve(tw_entries *entries, tw_report *report, tw_settings *settings);

/** Value of setting `index` as a scenario would write it, without quotes. */
void tw_settings_text(const tw_settings *settings, int index, char *text, size_t size);

/** Whether settings stand below a path: "run". */
int tw_settings_is_group(const char *path);

/** The name of the region's file, without its folder. */
const char *tw_scenario_region_file(const tw_scenario *scenario);

/** The nearest setting path to a name, or NULL. */
const char *tw_settings_nearest(const char *path);

#endif
