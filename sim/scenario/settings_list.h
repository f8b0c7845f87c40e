/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Every setting of a scenario, one row each: the only place where a setting is described.
 *
 * X(type, path, member, unit, default, low, high, kind, source, plausible_low, plausible_high,
 *   sentence)
 *
 * type: INTEGER, REAL, DATE ("2025-05"), CHOICE (words in low, separated by |). Numbers are given
 * as text exactly as a scenario would write them. kind: measured, derived, literature, calibrated,
 * assumed, choice (a decision of the user, no fact). The plausible interval feeds sweeps and bands.
 */
#ifndef TW_SCENARIO_SETTINGS_LIST_H
#define TW_SCENARIO_SETTINGS_LIST_H

#define TW_SETTINGS_LIST(X)                                                                        \
    /* run */                                                                                      \
    X(DATE, "run.start", run_start, "date", "2020-11", "2010-11", "2020-11", "choice",             \
      "a census date: 2010-11 or 2020-11", "2020-11", "2020-11",                                   \
      "first quarter; the starting population is that of the census of this date")                 \
    X(DATE, "run.end", run_end, "date", "2035-11", "2010-11", "2100-11", "choice", "user",         \
      "2035-11", "2035-11", "date at which the run stops")                                         \
    X(INTEGER, "run.seed", run_seed, "1", "1", "0", "4611686018427387903", "choice", "user", "1",  \
      "1", "seed of all draws")                                                                    \
    X(INTEGER, "run.replicates", run_replicates, "1", "1", "1", "1000", "choice", "user", "1",     \
      "1", "number of runs with other draws, all else equal")                                      \
    X(REAL, "run.sample", run_sample, "share", "1", "0.0001", "1", "choice", "user", "1", "1",     \
      "share of the households that is simulated; counts are scaled up by its inverse")            \
    X(INTEGER, "engine.block_size", block_size, "households", "2048", "16", "16384", "choice",     \
      "measured in benchmarks/", "2048", "2048", "households per block; changes no result")        \
    X(REAL, "engine.thinning_bound", thinning_bound, "factor", "1", "1", "1000000", "choice",      \
      "a check of the program itself", "1", "1",                                                   \
      "multiplies every bound of event thinning; changes no result, only the time")                \
    X(CHOICE, "results.od", results_od, "word", "sum", "off|sum|each", "", "choice", "user", "",   \
      "", "origin-destination flows per year: off, summed over replicates, or each replicate")     \
    /* processes: each has a form that does nothing */                                             \
    X(CHOICE, "process.demography", demography, "word", "vital", "none|vital", "", "choice",       \
      "user", "", "", "births and deaths, or none")                                                \
    X(CHOICE, "process.households", households, "word", "form", "none|form", "", "choice", "user", \
      "", "", "households form, split, take in kin and end, or stay as they are")                  \
    X(CHOICE, "process.schooling", schooling, "word", "ages", "none|ages", "", "choice", "user",   \
      "", "", "schooling by age with boarding and college, or none")                               \
    X(CHOICE, "process.moving", moving, "word", "utility", "none|utility", "", "choice", "user",   \
      "", "", "search and choice of a place by utility, or none")                                  \
    X(CHOICE, "process.outside", outside, "word", "flows", "none|flows", "", "choice", "user", "", \
      "", "arrivals from and departures to outside the region, or none")                           \
    X(CHOICE, "process.budget", budget, "word", "accounts", "none|accounts", "", "choice", "user", \
      "", "", "income, consumption and savings of households, or none")                            \
    X(CHOICE, "process.housing", housing, "word", "market", "none|market", "", "choice", "user",   \
      "", "", "rents and building react to vacancy, or stay as they are")                          \
    X(CHOICE, "process.labour", labour, "word", "market", "none|market", "", "choice", "user", "", \
      "", "jobs by sector, seekers and vacancies that match, or everyone's work as at the start")  \
    X(CHOICE, "process.organised", organised, "word", "dated", "none|dated", "", "choice", "user", \
      "", "", "organised relocation and relabelled places by date, or none")                       \
    X(CHOICE, "process.hazards", hazards, "word", "frequencies", "none|frequencies", "", "choice", \
      "user", "", "",                                                                              \
      "earthquakes and floods: dated events and those drawn by the frequencies of the region, or " \
      "none")                                                                                      \
    X(CHOICE, "process.registration", registration, "word", "decision", "none|decision", "",       \
      "choice", "user", "", "",                                                                    \
      "households transfer their registration, let land and give it up, or none of it")            \
    X(CHOICE, "process.services", services, "word", "capacity", "none|capacity", "", "choice",     \
      "user", "", "", "services of zones with places, load and congestion, or none")               \
    X(CHOICE, "process.trends", trends, "word", "on", "off|on", "", "choice", "user", "", "",      \
      "yearly paths of income, jobs, roads, birth level and mortality, or their values at the "    \
      "start")                                                                                     \
    /* starting population */                                                                      \
    X(REAL, "synthesis.collective_town_share", collective_town_share, "share", "0.7", "0", "1",    \
      "assumed", "not observed by zone", "0.5", "0.9",                                             \
      "share of the residents of collective households that lives in towns")                       \
    X(REAL, "synthesis.rural_size_ratio", rural_size_ratio, "ratio", "1.5", "1", "3", "assumed",   \
      "not observed by zone; rural households are the larger ones", "1.2", "1.8",                  \
      "mean size of rural family households over that of town ones")                               \
    X(REAL, "synthesis.public_rental_share", public_rental_share, "share", "0.35", "0", "1",       \
      "assumed", "the census does not tell public from private renting", "0.15", "0.55",           \
      "share of renting town families whose dwelling is public rental housing")                    \
    X(REAL, "synthesis.newcomer_rate", newcomer_rate, "1/year", "0.03", "0.001", "1", "assumed",   \
      "no length of stay by county is published", "0.015", "0.06",                                 \
      "newcomers registered elsewhere per resident and year before the start: the share "          \
      "registered "                                                                                \
      "elsewhere over this rate is the mean stay so far (1 to 12 years)")                          \
    /* demography */                                                                               \
    X(REAL, "demography.birth_level_2010s", birth_level_2010s, "factor", "1.145", "0", "5",        \
      "derived",                                                                                   \
      "children aged 0-9 in the census of 2020, survived back: 62,900 births a year; a "           \
      "level that gives as many would leave the range of natural growth (docs/demography.md)",     \
      "1", "1.2", "level of age-specific fertility until 2020, relative to the schedules of 2020") \
    X(REAL, "demography.birth_level", birth_level, "factor", "1", "0", "5", "derived",             \
      "published births of 2022 and 2023: 14.24 and 13.72 per 1000, about 51,900 and 50,100; "     \
      "simulated 53,000 and 49,500",                                                               \
      "0.8", "1.2", "level of age-specific fertility from 2022 on; linear between 2020 and 2022")  \
    X(REAL, "demography.mortality_level", mortality_level, "factor", "1", "0", "5", "assumed",     \
      "mx_fitted as it is; life expectancy 72.19 in 2020, 72.5 in 2024", "0.9", "1.1",             \
      "multiplies all death rates")                                                                \
    X(REAL, "demography.infant_mortality", infant_mortality, "deaths per 1000 births", "7.6", "0", \
      "200", "measured", "Xinhua, January 2022: 7.6 in 2021; 5.37 in 2023; 4.32 in 2024", "4.3",   \
      "16", "deaths in the first year of life; ages 1-4 get a tenth of this rate a year")          \
    X(REAL, "demography.child_mortality", child_mortality, "ratio", "0.1", "0", "1", "assumed",    \
      "model life tables", "0.05", "0.2",                                                          \
      "deaths at ages 1-4 a year relative to the first year of life")                              \
    X(REAL, "demography.male_births", male_births, "share", "0.512", "0", "1", "literature",       \
      "105 boys for 100 girls, usual without selection (UN)", "0.51", "0.515",                     \
      "boys among births")                                                                         \
    /* households */                                                                               \
    X(REAL, "households.union_men", union_men, "1/year", "0.2", "0", "5", "assumed",               \
      "no marriage by age in the data; never married of men 15 and over: 37.5 % in 2010, 34.6 "    \
      "% in 2020",                                                                                 \
      "0.1", "0.3",                                                                                \
      "first unions sought per single man and year at the peak age; "                              \
      "finding a partner is another matter")                                                       \
    X(REAL, "households.union_women", union_women, "1/year", "0.15", "0", "5", "assumed",          \
      "no marriage by age in the data; never married of women 15 and over: 30.8 % in 2010, "       \
      "29.0 % in 2020",                                                                            \
      "0.1", "0.3",                                                                                \
      "first unions sought per single woman and year at the "                                      \
      "peak age")                                                                                  \
    X(REAL, "households.union_age_men", union_age_men, "year", "26", "17", "50", "assumed",        \
      "two years above that of women", "24", "28", "age at which single men seek most")            \
    X(REAL, "households.union_age_women", union_age_women, "year", "24", "17", "50", "assumed",    \
      "no marriage by age in the data", "22", "26", "age at which single women seek most")         \
    X(REAL, "households.next_union", next_union, "1/year", "0.06", "0", "5", "assumed",            \
      "no data found", "0.02", "0.12",                                                             \
      "unions sought per divorced or widowed person and year "                                     \
      "below 50; a third of it up to 59")                                                          \
    X(REAL, "households.parting", parting, "1/year", "0.0025", "0", "1", "assumed",                \
      "1.5 % of men and 2.8 % of women are divorced in 2020 (census)", "0.001", "0.005",           \
      "partings per couple and year")                                                              \
    X(REAL, "households.man_older", man_older, "year", "12", "0", "60", "assumed",                 \
      "an age window", "8", "20", "a man is at most so much older than his partner")               \
    X(REAL, "households.man_younger", man_younger, "year", "6", "0", "60", "assumed",              \
      "an age window", "3", "10", "a man is at most so much younger than his partner")             \
    X(REAL, "households.man_usually_older", man_usually_older, "year", "2", "-10", "20",           \
      "assumed", "an age window", "0", "4", "difference of ages that pairs best")                  \
    X(REAL, "households.home_of_man", home_of_man, "share", "0.6", "0", "1", "assumed",            \
      "no data found", "0.4", "0.8",                                                               \
      "couples that live where the man does, when neither or "                                     \
      "both have a home of their own")                                                             \
    X(REAL, "households.join_parents_rural", join_parents_rural, "share", "0.7", "0", "1",         \
      "assumed",                                                                                   \
      "three and more generations: 25.6 % of the families of several persons in "                  \
      "2010 (census)",                                                                             \
      "0.5", "0.9",                                                                                \
      "couples in rural zones that join the parental household "                                   \
      "of one of them")                                                                            \
    X(REAL, "households.join_parents_town", join_parents_town, "share", "0.3", "0", "1",           \
      "assumed", "smaller households in towns", "0.1", "0.5",                                      \
      "couples in towns that join the "                                                            \
      "parental household of one of them")                                                         \
    X(REAL, "households.leave_level", leave_level, "1/year", "0.079", "0", "5", "calibrated",      \
      "family households of 2020 from the start of 2010", "0.05", "0.2",                           \
      "persons who leave their household alone, per person and year at the peak age, in towns")    \
    X(REAL, "households.leave_age", leave_age, "year", "24", "17", "50", "assumed",                \
      "no data found", "21", "27", "age at which persons leave most")                              \
    X(REAL, "households.leave_rural", leave_rural, "ratio", "0.5", "0", "5", "assumed",            \
      "households are larger in rural counties", "0.3", "0.8",                                     \
      "leaving and splitting in rural zones relative to towns")                                    \
    X(REAL, "households.leave_coupled", leave_coupled, "ratio", "0.3", "0", "5", "assumed",        \
      "542,000 married persons live without their partner in 2020 (starting population)", "0.1",   \
      "0.6",                                                                                       \
      "leaving of married persons, for work away from the partner, relative to the "               \
      "unmarried")                                                                                 \
    X(REAL, "households.dormitory_share", dormitory_share, "share", "0.6", "0", "1", "calibrated", \
      "residents of collective households in 2020: 410,813 (census)", "0.5", "0.9",                \
      "of those who leave alone, the share that goes to a dormitory or site")                      \
    X(REAL, "households.split", split_level, "1/year", "0.08", "0", "5", "assumed",                \
      "no data found", "0.04", "0.15",                                                             \
      "couples in the household of their parents that found "                                      \
      "their own, per couple and year, in towns")                                                  \
    X(REAL, "households.collective_exit", collective_exit, "1/year", "0.075", "0", "5", "assumed", \
      "no data found; a fifth of it from age 60", "0.03", "0.13",                                  \
      "persons who leave a "                                                                       \
      "collective household for a family one, per person and year")                                \
    X(REAL, "households.collective_return", collective_return, "share", "0.5", "0", "1",           \
      "assumed", "no data found", "0.3", "0.7",                                                    \
      "of those who leave a collective household and "                                             \
      "have kin, the share that joins them")                                                       \
    X(REAL, "households.join_elder", join_elder, "1/year", "0.03", "0", "5", "assumed",            \
      "no data found", "0.01", "0.08",                                                             \
      "households of elders (65 and over) that join kin, per "                                     \
      "household and year")                                                                        \
    X(REAL, "households.join_alone", join_alone, "1/year", "0.03", "0", "5", "assumed",            \
      "no data found", "0.01", "0.08",                                                             \
      "persons alone under 65 who go back to their kin, per "                                      \
      "person and year")                                                                           \
    /* schooling */                                                                                \
    X(REAL, "schooling.junior_share", junior_share, "share", "0.97", "0", "1", "assumed",          \
      "nine years are compulsory; no net enrolment found", "0.9", "1",                             \
      "share of children who enter junior school at 12")                                           \
    X(REAL, "schooling.boarding_share", boarding_share, "share", "0.85", "0", "1", "assumed",      \
      "senior schools are in towns; no number of boarders found", "0.6", "1",                      \
      "share of rural pupils of senior schools who board in the town of their county")             \
    X(REAL, "schooling.board_in_seat", board_in_seat, "share", "0.5", "0", "1", "assumed",         \
      "many counties have no senior school and send their pupils to the seat of the prefecture; "  \
      "no list of schools was found",                                                              \
      "0.2", "0.8", "share of these boarders who board in the seat of the prefecture")             \
    X(REAL, "schooling.college_outside", college_outside, "share", "0.35", "0", "1", "assumed",    \
      "138,000 persons registered in the region lived outside in 2020 (census), students among "   \
      "them; no number of students was found",                                                     \
      "0.2", "0.45", "share of a cohort of 18 years that goes to college outside the region")      \
    X(REAL, "schooling.county_weight", school_county_weight, "1", "0.3", "0", "1", "assumed",      \
      "no enrolment by county found", "0", "0.6",                                                  \
      "how far a county's schooling in the census "                                                \
      "raises or lowers its shares of pupils")                                                     \
    /* search */                                                                                   \
    X(REAL, "moving.search_level", search_level, "1/year", "0.03", "0", "1", "literature",         \
      "Yang et al. 2017 (CGSS 2010): 9.9 % of farmers mean to settle in a town within five "       \
      "years, 2.06 % a year; a search ends in a move about two times in three, hence 0.03; "       \
      "China, not the region",                                                                     \
      "0.01", "0.04",                                                                              \
      "share of households that looks for another place in a year, mean over ages 18-85")          \
    X(REAL, "moving.search_job", search_job, "1", "1", "0", "20", "assumed", "no estimate found",  \
      "0", "2",                                                                                    \
      "a member who looks for work adds this to the readiness of 1 to look for another place")     \
    X(REAL, "moving.search_school", search_school, "1", "0.5", "0", "20", "assumed",               \
      "no estimate found; schooling is among the first reasons for settling in county towns", "0", \
      "1.5", "the same of a child that begins primary, junior or senior school within a year")     \
    X(REAL, "moving.search_network", search_network, "1 per share", "2", "0", "20", "assumed",     \
      "57 % of those who mean to settle have been migrants, of others 38 % (Yang et al. 2017); "   \
      "ten points more villagers away move 7-9 % more (NBER 15671); China",                        \
      "0", "4", "the same of the share of the home county's rural people who live in towns")       \
    X(REAL, "moving.age_a1", age_a1, "1", "0.0128", "0", "1", "literature",                        \
      "Rogers-Castro, low dependency (UN 1992)", "0.0128", "0.0303",                               \
      "Rogers-Castro schedule: level of the childhood component")                                  \
    X(REAL, "moving.age_alpha1", age_alpha1, "1/year", "0.105", "0", "1", "literature",            \
      "Rogers-Castro, western male (UN 1992)", "0.08", "0.13",                                     \
      "Rogers-Castro schedule: fall of the childhood component")                                   \
    X(REAL, "moving.age_a2", age_a2, "1", "0.0804", "0", "1", "literature",                        \
      "Rogers-Castro, low dependency (UN 1992)", "0.0582", "0.09",                                 \
      "Rogers-Castro schedule: level of the labour component")                                     \
    X(REAL, "moving.age_alpha2", age_alpha2, "1/year", "0.112", "0", "1", "literature",            \
      "Rogers-Castro, western male (UN 1992)", "0.09", "0.145",                                    \
      "Rogers-Castro schedule: fall of the labour component")                                      \
    X(REAL, "moving.age_mu2", age_mu2, "year", "16.6", "0", "60", "literature",                    \
      "Rogers-Castro, young entry (UN 1992), mean of the sexes", "16", "24",                       \
      "Rogers-Castro schedule: place of the labour component")                                     \
    X(REAL, "moving.age_lambda2", age_lambda2, "1/year", "0.391", "0.01", "2", "literature",       \
      "Rogers-Castro, western male (UN 1992)", "0.35", "0.45",                                     \
      "Rogers-Castro schedule: rise of the labour component")                                      \
    X(REAL, "moving.age_c", age_c, "1", "0.0028", "0", "1", "literature",                          \
      "Rogers-Castro, western male (UN 1992)", "0.002", "0.0036",                                  \
      "Rogers-Castro schedule: constant")                                                          \
    X(REAL, "moving.return_level", return_level, "1/year", "0.015", "0", "1", "literature",        \
      "Bai 2018: 22.3 % of migrants in 1998-2015, five provinces; not the region", "0.005",        \
      "0.03", "share of town households with rural land that goes back in a year")                 \
    /* choice */                                                                                   \
    X(REAL, "moving.town_level", town_level, "utility", "-0.3", "-20", "20", "calibrated",         \
      "the one fitted level: the start of 2010 reaches 35.7 % in 2020 (census 35.73 %); not "      \
      "separately identified from search level and moving cost",                                   \
      "-1.5", "2", "utility of any town relative to the own village")                              \
    X(REAL, "moving.city_level", city_level, "utility", "0.3", "-20", "20", "assumed",             \
      "western households prefer prefecture cities (Cheng et al. 2025); size not known", "-0.5",   \
      "1", "utility of a prefecture city relative to a county town")                               \
    X(REAL, "moving.capital_level", capital_level, "utility", "0.6", "-20", "20", "assumed",       \
      "Lhasa draws more than a third of plateau flows (Wang 2021); size not known", "-0.5", "1.5", \
      "utility of the capital relative to a county town")                                          \
    X(REAL, "moving.income", income_weight, "utility per ln", "0.7", "0", "10", "literature",      \
      "prior U(0.4, 1.5) from Chinese inter-city estimates; Tombe & Zhu 2019 about 1.5", "0.4",    \
      "1.5", "weight of the logarithm of expected income")                                         \
    X(REAL, "moving.travel", travel_weight, "utility per ln", "0.7", "0", "10", "literature",      \
      "Liu, Zhuo & Wang 2020: 0.43-0.58 within nest; ratio to income 0.5-2.5", "0.35", "1.5",      \
      "weight of the logarithm of travel minutes from the present seat, never below 15 minutes")   \
    X(REAL, "moving.network", network_weight, "utility per ln", "3.2", "0", "20", "literature",    \
      "Liu, Zhuo & Wang 2020: 2.68-3.69 per unit share; China", "2.2", "4.2",                      \
      "weight of ln(1 + share of the county's migrants who live there)")                           \
    X(REAL, "moving.rent", rent_weight, "utility", "1", "0", "20", "assumed",                      \
      "sign from Zhang, He & Ma 2017; no size for the region", "0.3", "3",                         \
      "weight of the rent burden, rent over expected household income")                            \
    X(REAL, "moving.climb", climb_weight, "utility per km", "0.3", "0", "10", "assumed",           \
      "no altitude elasticity found; wide prior U(0, 1)", "0", "1",                                \
      "disutility of a place per kilometre that its seat lies above the present one")              \
    X(REAL, "moving.cost", moving_cost, "utility", "1.5", "0", "50", "assumed",                    \
      "not identified apart from search and levels by two censuses", "0.5", "3",                   \
      "utility lost by any move")                                                                  \
    X(REAL, "moving.dissimilarity", dissimilarity, "1", "0.6", "0.05", "1", "literature",          \
      "Liu, Zhuo & Wang 2020: 0.51-0.62; China, onward moves of migrants", "0.45", "0.75",         \
      "dissimilarity of places within a nest (county towns; cities with the capital)")             \
    X(REAL, "moving.taste_change", taste_change, "1", "0.8", "0.05", "1", "assumed",               \
      "no panel of choices found", "0.5", "0.95",                                                  \
      "rho: tastes of two quarters are correlated by 1 - rho squared")                             \
    X(REAL, "moving.taste_scale", taste_scale, "1", "1", "0", "10", "choice",                      \
      "the scale of utility; 0 is a check of the model: everyone goes by value alone", "1", "1",   \
      "multiplies the tastes of all households")                                                   \
    X(REAL, "moving.size", size_weight, "utility per ln", "0.5", "0", "5", "assumed",              \
      "a town stands for many places to choose (size variable of destination choice, Ben-Akiva & " \
      "Lerman 1985); flows of gravity models rise with the 0.5-1st power of the destination, "     \
      "which is 0.3-0.6 here",                                                                     \
      "0.2", "0.8",                                                                                \
      "weight of the logarithm of a town's residents over those of the mean town at the start")    \
    X(REAL, "moving.renewal", renewal_weight, "utility", "0.2", "0", "5", "assumed",               \
      "no estimate found: below the weight of schools", "0", "0.5",                                \
      "value of a town all of whose market dwellings were renewed since the start")                \
    X(REAL, "moving.grant_years", grant_years, "years", "3", "0.25", "50", "assumed",              \
      "no estimate found: as the years of a rental subsidy", "1", "10",                            \
      "over which a household spreads a settling grant when it compares incomes")                  \
    X(REAL, "moving.openness", openness_weight, "utility", "0.1", "0", "10", "assumed",            \
      "the reform of 2014 added 1.5 % to city migrants and 1.9 % to registrations (CFPS 2012-18; " \
      "China): small",                                                                             \
      "0", "0.4", "utility of a town that takes registrations (registration.capital_open)")        \
    X(REAL, "moving.school", school_weight, "utility", "0.5", "0", "20", "assumed",                \
      "signs from Xia & Lu 2015: basic education and health attract, less than wages; no size "    \
      "for the region",                                                                            \
      "0.2", "1", "weight of the quality of schools for households with a child of 6-14")          \
    X(REAL, "moving.senior_school", senior_weight, "utility", "0.3", "0", "20", "assumed",         \
      "as moving.school", "0.1", "0.6",                                                            \
      "weight of senior schools for households with a child of 12-17")                             \
    X(REAL, "moving.hospital", hospital_weight, "utility", "0.3", "0", "20", "assumed",            \
      "0.17 per bed and 1,000 in a logit of settling (Li et al. 2021, CMDS 2018; China), 5.8 "     \
      "beds here",                                                                                 \
      "0.1", "0.8", "weight of the quality of hospitals")                                          \
    X(REAL, "moving.care", care_weight, "utility", "0.2", "0", "20", "assumed",                    \
      "no estimate found", "0", "0.5",                                                             \
      "weight of care for households with somebody of 65 and over or below 3")                     \
    X(REAL, "moving.utilities", utilities_weight, "utility", "0.2", "0", "20", "assumed",          \
      "one per cent of built amenity adds 0.17 % to the chance of choice (CLDS 2016, 121 cities)", \
      "0.1", "0.5", "weight of the quality of water, waste and other utilities")                   \
    /* outside */                                                                                  \
    X(REAL, "outside.stay", mean_stay, "year", "6", "0.5", "50", "assumed",                        \
      "not observed; the stock registered outside grew from 165,423 to 407,121", "3", "10",        \
      "mean length of stay of households registered outside")                                      \
    X(REAL, "outside.net_arrivals_2010s", net_arrivals_2010s, "persons/year", "21000", "-500000",  \
      "500000", "calibrated",                                                                      \
      "residents registered outside in 2020 (407,121); with what job chances add or take, net "    \
      "arrivals are in the 200-231 thousand of the censuses",                                      \
      "20000", "24000",                                                                            \
      "arrivals less departures a year until 2020 at the job chances of the start")                \
    X(REAL, "outside.net_arrivals", net_arrivals, "persons/year", "0", "-500000", "500000",        \
      "assumed", "end-of-year population 2020-24 less natural growth gives -18,000; 2010s 21,500", \
      "-18000", "21500", "arrivals less departures a year after 2020 at the stock of 2020")        \
    X(REAL, "outside.job_response", job_response, "1", "0.5", "0", "5", "assumed",                 \
      "no estimate found", "0", "1.5",                                                             \
      "elasticity of arrivals with respect to jobs per worker in the town, relative to the start") \
    X(REAL, "outside.single_share", single_share, "share", "0.6", "0", "1", "assumed",             \
      "collective residents and men of working age among the registered outside", "0.4", "0.8",    \
      "share of arriving persons who come alone to a dormitory or building site")                  \
    X(REAL, "outside.college_share", arrival_college_share, "share", "0.15", "0", "0.5",           \
      "assumed",                                                                                   \
      "no schooling of newcomers published; residents of 3 and over in 2020: 12.3 % (census)",     \
      "0.05", "0.3", "share of arriving adults who have been to college")                          \
    X(REAL, "outside.senior_share", arrival_senior_share, "share", "0.2", "0", "0.5", "assumed",   \
      "no schooling of newcomers published; residents of 3 and over in 2020: 7.9 % (census)",      \
      "0.1", "0.3",                                                                                \
      "share of arriving adults with senior school and no more; the others have junior school")    \
    X(REAL, "outside.student_return", student_return, "share", "0.9", "0", "1", "assumed",         \
      "no number of graduates who come back was found", "0.7", "1",                                \
      "share of students at colleges outside who come back after four years")                      \
    /* travel */                                                                                   \
    X(REAL, "travel.detour", travel_detour, "ratio", "1.4", "1", "5", "assumed",                   \
      "published links: road length over straight line, median 1.4", "1.2", "1.8",                 \
      "road length from a village to its seat over the straight line")                             \
    X(REAL, "travel.rural_speed", rural_speed, "km/h", "35", "5", "120", "assumed",                \
      "county roads of the region, 30-40 km/h", "25", "45", "speed from a village to its seat")    \
    /* organised flows */                                                                          \
    X(REAL, "organised.exit_share", exit_share, "share", "0.35", "0", "1", "assumed",              \
      "prior U(0.1, 0.6); not separately observed", "0.1", "0.6",                                  \
      "share of relocation and relabelled places in the rural exit of 2010-20")                    \
    X(REAL, "organised.exit_2010s", exit_2010s, "persons", "290000", "0", "5000000", "derived",    \
      "censuses 2010 and 2020: exit, relocation and reclassification 270-310 thousand", "270000",  \
      "310000", "rural exit of 2010-20 in all forms")                                              \
    X(REAL, "organised.relocation_level", relocation_level, "factor", "1", "0", "5", "assumed",    \
      "tables of the region; how many relocated people count as urban is not published", "0.5",    \
      "1.5", "multiplies the persons of all dated relocations")                                    \
    X(REAL, "organised.relocation_town_share", relocation_town_share, "share", "0.5", "0", "1",    \
      "assumed", "how the new settlements are classified is not published", "0", "1",              \
      "share of relocated households whose new place counts as town")                              \
    /* labour as published state */                                                                \
    X(REAL, "labour.rural_job_weight", rural_job_weight, "ratio", "0.35", "0", "1", "assumed",     \
      "at least 0.3 million non-farm workers live in rural zones in 2020", "0.25", "0.5",          \
      "non-farm jobs per person of working age in rural zones relative to towns")                  \
    X(REAL, "labour.job_growth", job_growth, "1/year", "0.03", "-0.1", "0.2", "assumed",           \
      "non-farm jobs grew by 8 % a year between the censuses; with 0.02 6.6 % of the town labour " \
      "force look for work in 2024 (simulated), published are at most 5 %",                        \
      "0.01", "0.05", "growth of jobs outside farming and public services after 2020")             \
    X(REAL, "labour.service_follow", service_follow, "1", "0.5", "0", "2", "assumed",              \
      "not observed", "0.2", "1",                                                                  \
      "elasticity of jobs in services with respect to residents beyond the path of the censuses")  \
    X(REAL, "labour.public_follow", public_follow, "1", "1", "0", "2", "assumed",                  \
      "public jobs per resident", "0.5", "1", "the same of public services")                       \
    X(REAL, "labour.self_employed_share", self_employed_share, "share", "0.3", "0", "1",           \
      "assumed", "not in the region's tables", "0.15", "0.5",                                      \
      "share of those who work in services that is self-employed at the start")                    \
    X(REAL, "labour.unemployment", unemployment, "share", "0.05", "0.001", "0.5", "measured",      \
      "work reports of the region: surveyed urban unemployment 4.6 % (2018), within 5 % (2024); "  \
      "rural zones assumed alike",                                                                 \
      "0.03", "0.08",                                                                              \
      "persons looking for a job over them and those with a non-farm job, at the start")           \
    X(REAL, "labour.job_vacancy", job_vacancy, "share", "0.02", "0.001", "0.5", "assumed",         \
      "no vacancies published", "0.01", "0.06", "share of jobs that is vacant at the start")       \
    X(REAL, "labour.separation", separation, "1/year", "0.12", "0", "4", "assumed",                \
      "no turnover published for the region; changes from job to job do not count", "0.06",        \
      "0.25", "rate at which a job held ends and its holder looks for another")                    \
    X(REAL, "labour.dismissal_limit", dismissal_limit, "share", "0.1", "0.001", "0.9", "assumed",  \
      "no data found", "0.05", "0.25",                                                             \
      "largest part of the jobs held in a sector of a zone that ends by dismissal in a quarter, "  \
      "where there are fewer jobs than held")                                                      \
    X(REAL, "labour.match_eta", match_eta, "1", "0.6", "0.01", "0.99", "literature",               \
      "Petrongolo & Pissarides 2001: 0.5-0.7", "0.5", "0.7",                                       \
      "elasticity of hires with respect to seekers; to vacancies one less it")                     \
    X(REAL, "labour.multiplier", multiplier, "jobs/job", "0.34", "0", "5", "literature",           \
      "Wang & Chanda 2018: 0.34 per manufacturing job, China 2000-10", "0.1", "0.8",               \
      "jobs in services that one more job in industry or construction makes, over four quarters")  \
    X(REAL, "labour.enter_young", enter_young, "1/year", "0.6", "0", "4", "assumed",               \
      "ratios only: the level keeps participation at rest at the start", "0.3", "1",               \
      "rate of taking up work or looking for it at 15-24, out of school")                          \
    X(REAL, "labour.enter_prime", enter_prime, "1/year", "0.1", "0", "4", "assumed",               \
      "ratios only", "0.05", "0.2", "the same at 25-49")                                           \
    X(REAL, "labour.enter_old", enter_old, "1/year", "0.02", "0", "4", "assumed", "ratios only",   \
      "0", "0.05", "the same at 50-64")                                                            \
    X(REAL, "labour.leave_prime", leave_prime, "1/year", "0.015", "0", "4", "assumed",             \
      "not observed", "0.005", "0.04", "rate of leaving work for the household below 50")          \
    X(REAL, "labour.leave_old", leave_old, "1/year", "0.15", "0", "4", "assumed",                  \
      "retirement at 50-60 in China", "0.08", "0.3",                                               \
      "rate of leaving work at 50-64; four times this from 65 on")                                 \
    X(REAL, "labour.give_up", give_up, "1/year", "0.3", "0", "4", "assumed", "not observed",       \
      "0.1", "0.6", "rate at which a person looking for work stops; in rural zones for the farm")  \
    X(REAL, "labour.farm_response", farm_response, "1", "1", "0", "3", "assumed", "not observed",  \
      "0.5", "2",                                                                                  \
      "elasticity of the rate at which farmers look for a job with respect to vacancies per "      \
      "seeker in the zone over the start")                                                         \
    X(REAL, "labour.farm_leave_least", farm_leave_least, "ratio", "0.1", "0", "1", "assumed",      \
      "no data found", "0", "0.3", "least factor on that rate")                                    \
    X(REAL, "labour.farm_leave_most", farm_leave_most, "1/year", "0.3", "0", "4", "assumed",       \
      "no data found", "0.2", "0.5", "largest such rate")                                          \
    X(REAL, "labour.end_business", end_business, "1/year", "0.1", "0", "4", "assumed",             \
      "not observed", "0.05", "0.2", "rate at which self-employment ends")                         \
    X(REAL, "labour.income_growth", income_growth, "1/year", "0.05", "-0.1", "0.2", "assumed",     \
      "after the last published year; published growth of 2024-25 was 6.0 % and 7.4 %", "0.03",    \
      "0.07", "growth of urban and rural income per person beyond the published years")            \
    /* budgets of households */                                                                    \
    X(REAL, "budget.low_skill_wage", low_skill_wage, "ratio", "0.8", "0.1", "1", "assumed",        \
      "no wages by schooling for the region", "0.7", "0.9",                                        \
      "wage with primary schooling or none over that with junior or senior school")                \
    X(REAL, "budget.high_skill_wage", high_skill_wage, "ratio", "1.5", "1", "5", "assumed",        \
      "no wages by schooling for the region", "1.2", "2",                                          \
      "wage with college over that with junior or senior school")                                  \
    X(REAL, "budget.wages_paid", wages_paid, "share", "0.97", "0.5", "1", "assumed",               \
      "no share of unpaid wages was found", "0.9", "1",                                            \
      "share of the wages of firms that is really paid at the start; published incomes are what "  \
      "is left")                                                                                   \
    X(REAL, "budget.construction_wage", construction_wage, "ratio", "0.9", "0.1", "5", "assumed",  \
      "no wages by sector for the region", "0.8", "1.1",                                           \
      "wage in construction over that in industry")                                                \
    X(REAL, "budget.services_wage", services_wage, "ratio", "0.8", "0.1", "5", "assumed",          \
      "no wages by sector for the region", "0.6", "1", "wage in services over that in industry")   \
    X(REAL, "budget.public_wage", public_wage, "ratio", "1.3", "0.1", "5", "assumed",              \
      "pay of public employees of the region is among the highest of the country; size not found", \
      "1.1", "1.6", "wage in public services over that in industry")                               \
    X(REAL, "budget.business_income", business_income, "ratio", "0.9", "0.1", "5", "assumed",      \
      "not observed", "0.6", "1.3", "income of the self-employed over a wage in industry")         \
    X(REAL, "budget.town_wage_share", town_wage_share, "share", "0.7", "0", "1", "assumed",        \
      "54.1 % of the income of all residents is wages (2025), 36 % of the rural (2021): towns "    \
      "have more; with the self-employed",                                                         \
      "0.6", "0.8", "wages and profits of the self-employed as a share of income in towns")        \
    X(REAL, "budget.rural_wage_share", rural_wage_share, "share", "0.36", "0", "1", "measured",    \
      "2021: 6,086 of 16,935 yuan per head", "0.3", "0.42",                                        \
      "wages as a share of income in rural zones")                                                 \
    X(REAL, "budget.farm_share", farm_share, "share", "0.435", "0", "1", "measured",               \
      "2021: 7,374 of 16,935 yuan per head, all business income", "0.35", "0.5",                   \
      "farm and herding income as a share of income in rural zones")                               \
    X(REAL, "budget.transfer_share", transfer_share, "share", "0.17", "0", "1", "measured",        \
      "2025: 17.3 % of the income of all residents; rural 16.0 % (2021)", "0.14", "0.2",           \
      "transfers as a share of income")                                                            \
    X(REAL, "budget.property_share", property_share, "share", "0.05", "0", "1", "measured",        \
      "2025: 6.0 % of the income of all residents; rural 4.5 % (2021)", "0.04", "0.07",            \
      "property income as a share of income")                                                      \
    X(REAL, "budget.floor_town", floor_town, "yuan/year", "10920", "0", "1e6", "measured",         \
      "minimum living allowance of 910 yuan a month (2021); grows with incomes", "9000", "12000",  \
      "income per head below which a town household gets the difference, level of 2021")           \
    X(REAL, "budget.floor_rural", floor_rural, "yuan/year", "5060", "0", "1e6", "measured",        \
      "minimum living allowance of 5,060 yuan a year (2021); grows with incomes", "4000", "6000",  \
      "the same in rural zones")                                                                   \
    X(REAL, "budget.town_consumption", town_consumption, "share", "0.606", "0", "1", "measured",   \
      "2021: 28,159 of 46,503 yuan per head", "0.55", "0.65",                                      \
      "consumption over income at the mean income of towns")                                       \
    X(REAL, "budget.rural_consumption", rural_consumption, "share", "0.625", "0", "1", "measured", \
      "2021: 10,577 of 16,935 yuan per head", "0.55", "0.7",                                       \
      "consumption over income at the mean income of rural zones")                                 \
    X(REAL, "budget.consumption_slope", consumption_slope, "share", "0.5", "0", "1", "assumed",    \
      "no budget survey of the region", "0.4", "0.6", "share of one more yuan that is consumed")   \
    X(REAL, "budget.seasonal_share", seasonal_share, "share", "0.6", "0", "1", "assumed",          \
      "693 thousand farmers and herders did paid work away from the farm in 2021 (People's "       \
      "Daily), those with jobs all the year included; 0.6 makes about 105 thousand seasonal "      \
      "workers",                                                                                   \
      "0.3", "0.9",                                                                                \
      "share of those who farm next to a town that is away for seasonal work in summer")           \
    X(REAL, "budget.seasonal_income", seasonal_income, "yuan/year", "8380", "0", "1e6",            \
      "measured",                                                                                  \
      "5.81 billion yuan of 693.3 thousand persons in 2021 (People's Daily 2022-01-27); grows "    \
      "with rural incomes",                                                                        \
      "5000", "12000", "earned by a seasonal worker from May to October, level of 2021")           \
    X(REAL, "budget.seasonal_minutes", seasonal_minutes, "minutes", "120", "1", "10000",           \
      "assumed", "not observed", "60", "240", "travel time at which seasonal work falls to 1/e")   \
    X(REAL, "budget.start_savings", start_savings, "months", "6", "0", "120", "assumed",           \
      "no savings published", "3", "12",                                                           \
      "savings at the start, in months of the income per head of the zone kind")                   \
    X(REAL, "budget.arrival_savings", arrival_savings, "yuan", "10000", "0", "1e7", "assumed",     \
      "not observed", "5000", "30000", "savings that a newcomer brings")                           \
    /* housing */                                                                                  \
    X(REAL, "housing.natural_vacancy", natural_vacancy, "share", "0.065", "0.001", "0.5",          \
      "literature", "Rosen & Smith 1983, US apartments", "0.04", "0.1",                            \
      "vacancy at which rents rest; towns start at it")                                            \
    X(REAL, "housing.vacancy_count", vacancy_count, "dwellings", "50", "0", "100000", "assumed",   \
      "vacancy of few dwellings says little", "20", "200",                                         \
      "dwellings at natural vacancy that are added before vacancy is measured")                    \
    X(REAL, "housing.rent_response", rent_response, "1/year", "0.5", "0", "10", "literature",      \
      "Rosen & Smith 1983 form; 0.3-1 for county towns is a judgement", "0.3", "1",                \
      "theta: change of ln rent a year per unit of natural less actual vacancy")                   \
    X(REAL, "housing.rent_change_limit", rent_change_limit, "1/year", "0.1", "0", "1", "assumed",  \
      "a bound against runaway prices, both ways", "0.05", "0.2",                                  \
      "largest change of ln rent in a year, up or down")                                           \
    X(REAL, "housing.rent_share", rent_share, "share", "0.25", "0.01", "1", "assumed",             \
      "no rents by town were found", "0.15", "0.35",                                               \
      "rent of a market dwelling at the start over the income of an average town household")       \
    X(REAL, "housing.rent_income", rent_income, "1", "0.7", "0", "2", "literature",                \
      "Chow & Niu 2015: long-run price on income 0.7; China", "0.5", "1",                          \
      "elasticity of rents and prices with respect to published town incomes")                     \
    X(REAL, "housing.least_rent", least_rent, "ratio", "0.4", "0", "1", "assumed",                 \
      "dwellings differ", "0.3", "0.6", "least rent that a tenant pays over the rent of the town") \
    X(REAL, "housing.most_rent", most_rent, "ratio", "1.5", "1", "10", "assumed",                  \
      "dwellings differ", "1.2", "2", "largest rent that a tenant pays over the rent of the town") \
    X(REAL, "housing.price_to_rent", price_to_rent, "years", "30", "1", "200", "assumed",          \
      "12,000 yuan/m2 in Lhasa (2024, unreliable) for 90 m2 and rents of a quarter of income "     \
      "give 40-60 years; county towns less",                                                       \
      "20", "50", "price of a dwelling over its yearly rent at the start")                         \
    X(REAL, "housing.price_response", price_response, "1/year", "0.25", "0", "10", "assumed",      \
      "weaker than rents: no response of prices to inflow in the west of China", "0", "0.5",       \
      "d ln price per year and unit of natural less actual vacancy")                               \
    X(REAL, "housing.purchase_rate", purchase_rate, "share/year", "0.1", "0", "1", "assumed",      \
      "not observed", "0.05", "0.2", "share of the tenants who can pay that buys in a year")       \
    X(REAL, "housing.first_payment", first_payment, "share", "0.15", "0", "1", "measured",         \
      "minimum of first homes since May 2024; 0.2-0.3 before", "0.15", "0.3",                      \
      "part of the price to be paid at once")                                                      \
    X(REAL, "housing.instalment_limit", instalment_limit, "share", "0.4", "0", "1", "assumed",     \
      "usual limit of banks: 0.5 with all debts", "0.3", "0.5",                                    \
      "largest part of income for interest and repayment")                                         \
    X(REAL, "housing.loan_interest", loan_interest, "1/year", "0.035", "0", "1", "assumed",        \
      "rates of housing loans 2024", "0.025", "0.05", "interest on housing loans")                 \
    X(REAL, "housing.loan_years", loan_years, "years", "20", "1", "60", "assumed", "usual term",   \
      "10", "30", "years over which a loan is repaid in equal parts")                              \
    X(REAL, "housing.build_response", build_response, "1/year", "0.5", "0", "10", "assumed",       \
      "long-run supply elasticity 2.65-5.6 in 35 cities says: elastic", "0.2", "2",                \
      "building starts per dwelling and year per unit of natural less actual vacancy")             \
    X(REAL, "housing.build_limit", build_limit, "1/year", "0.12", "0", "1", "assumed",             \
      "towns of the region doubled in ten years", "0.06", "0.2",                                   \
      "largest number of building starts per dwelling and year")                                   \
    X(INTEGER, "housing.build_lag", build_lag, "quarters", "6", "1", "16", "literature",           \
      "completions lag 1-2 years (evidence on supply)", "4", "8",                                  \
      "quarters from start to completion")                                                         \
    X(REAL, "housing.land_start", land_start, "share", "0.2", "0", "10", "assumed",                \
      "no land of towns is published", "0.1", "0.5",                                               \
      "land for building at the start, in dwellings, over the market dwellings of the town")       \
    X(REAL, "housing.land_quota", land_quota, "1/year", "0.08", "0", "1", "assumed",               \
      "towns doubled in ten years, 7 % a year", "0.04", "0.12",                                    \
      "land added in a year, in dwellings, over the market dwellings of the town")                 \
    X(REAL, "housing.public_rent_discount", public_rent_discount, "share", "0.6", "0", "1",        \
      "assumed", "public rents of the region were not found", "0.4", "0.8",                        \
      "discount of the rent of a public rental dwelling on the market rent")                       \
    X(REAL, "housing.seek_share", seek_share, "share", "0.35", "0", "1", "derived",                \
      "starting populations: of 232,000 town families added 2010-20, 78,000 hold a market or "     \
      "public dwelling",                                                                           \
      "0.2", "0.7",                                                                                \
      "share of families new to a town that need a market or public dwelling; by town as the "     \
      "families there live at the start; kin or an employer house the others")                     \
    X(REAL, "housing.take_up", take_up, "share", "0.66", "0", "1", "literature",                   \
      "34 % never took up offered housing (Ahmedabad lottery); not the region", "0.4", "0.9",      \
      "share of eligible households that accepts public housing or a subsidy")                     \
    X(REAL, "housing.public_exit", public_exit, "1/year", "0.03", "0", "1", "literature",          \
      "32 % left within 14 years (Ahmedabad lottery): 2.7 % a year", "0.01", "0.06",               \
      "share of public rental households that leaves the dwelling for a market one in a year")     \
    /* how programmes are delivered */                                                             \
    X(CHOICE, "implementation.amounts", amounts, "word", "middle", "middle|low|high", "",          \
      "choice", "user", "", "",                                                                    \
      "which amount of every programme counts: its own, or the low or the high end of its "        \
      "interval")                                                                                  \
    X(REAL, "implementation.delivered_share", delivered_share, "share", "1", "0", "1", "choice",   \
      "user; plan 6.1-2", "0.5", "1", "share of the amounts of all programmes that is delivered")  \
    X(INTEGER, "implementation.delay", delivery_delay, "quarters", "0", "0", "400", "choice",      \
      "user; plan 6.1-2", "0", "8",                                                                \
      "quarters by which all programmes begin and end later; grants keep their dates")             \
    X(REAL, "implementation.ceiling_yuan", delivery_ceiling, "yuan/year", "0", "0", "1e13",        \
      "choice", "user; plan 3.6, 5.6", "0", "1e11",                                                \
      "outlay of all programmes together at most, from November to October; 0 = no ceiling")       \
    /* hazards */                                                                                  \
    X(REAL, "hazards.m5_loss", m5_loss, "share", "0.002", "0", "1", "assumed",                     \
      "no losses by magnitude were found", "0", "0.01",                                            \
      "share of a county's dwellings lost in an earthquake of magnitude 5 to 6 near its seat")     \
    X(REAL, "hazards.m6_loss", m6_loss, "share", "0.05", "0", "1", "assumed",                      \
      "Dingri 2025 (6.8): 28 % of the rural persons of five counties resettled; most are weaker "  \
      "or "                                                                                        \
      "farther off",                                                                               \
      "0.01", "0.25",                                                                              \
      "share of a county's dwellings lost in an earthquake of magnitude 6 and over near its seat") \
    X(REAL, "hazards.flood_loss", flood_loss, "share", "0.003", "0", "1", "assumed",               \
      "no losses by county were found", "0.0005", "0.01",                                          \
      "share of a county's dwellings lost in a flood")                                             \
    X(REAL, "hazards.service_loss", service_loss, "share", "0.1", "0", "1", "assumed",             \
      "no losses of services were found; Dingri 2025: 79 schools damaged", "0", "0.3",             \
      "share of a county's services lost in a drawn event until the reconstruction")               \
    X(INTEGER, "hazards.rebuild_quarters", rebuild_quarters, "quarters", "4", "1", "80",           \
      "assumed", "Dingri 2025: all houses handed over within ten months; other events not known",  \
      "2", "12", "quarters until all stands again, where no date is known")                        \
    X(REAL, "hazards.search_share", displaced_search, "share", "0.1", "0", "1", "assumed",         \
      "Dingri 2025: 47,500 persons resettled at first, 47,787 in tents and board houses on site "  \
      "three weeks later: few left at once",                                                       \
      "0", "0.5",                                                                                  \
      "share of the households without their dwelling that looks for another place in the "        \
      "quarter of the event")                                                                      \
    X(REAL, "hazards.displaced_loss", displaced_loss, "utility", "0.5", "0", "50", "assumed",      \
      "no estimate found; Dingri 2025: people were housed and houses rebuilt in place", "0", "2",  \
      "utility that the present place loses for a household without its dwelling")                 \
    /* services */                                                                                 \
    X(REAL, "services.entitlement", entitlement, "share", "0.5", "0", "1", "assumed",              \
      "no measure found", "0.2", "0.8",                                                            \
      "share of a zone's services that residents registered elsewhere enjoy")                      \
    X(REAL, "services.slack", service_slack, "ratio", "1.1", "0.5", "3", "assumed",                \
      "places are published for no county", "1", "1.3",                                            \
      "places over those they serve in the region at the start")                                   \
    X(REAL, "services.yuan_per_person", yuan_per_person, "yuan/person", "26000", "1", "100000000", \
      "assumed", "0.0058 beds at 0.5 million yuan, 0.05 senior places at 163,000, infrastructure", \
      "10000", "50000",                                                                            \
      "cost of hospitals, senior schools and utilities for one more resident, where money "        \
      "follows persons")                                                                           \
    X(REAL, "services.staff_weight", staff_weight, "1", "0.5", "0", "2", "assumed",                \
      "staff by county: employed in education and health, census long form, 10 % of the "          \
      "households",                                                                                \
      "0", "1",                                                                                    \
      "how far a county's staff per person served, relative to the region, raises its places at "  \
      "the start; at most twice, at least half")                                                   \
    X(REAL, "services.congestion", congestion, "1", "1", "0", "10", "assumed",                     \
      "no estimate found", "0.5", "2",                                                             \
      "exponent of places over load in the quality of a service that lacks places")                \
    X(REAL, "services.rural_level", rural_service_level, "ratio", "0.6", "0", "3", "assumed",      \
      "not measured; teaching points and village clinics", "0.4", "0.9",                           \
      "quality of services of rural zones with enough places relative to county towns")            \
    X(REAL, "services.city_level", city_service_level, "ratio", "1.1", "0", "3", "assumed",        \
      "not measured", "1", "1.3", "the same of cities")                                            \
    X(REAL, "services.capital_level", capital_service_level, "ratio", "1.2", "0", "3", "assumed",  \
      "not measured; the tertiary hospitals and colleges are there", "1", "1.5",                   \
      "the same of the capital")                                                                   \
    X(REAL, "services.build_rate", service_build_rate, "1/year", "0.3", "0", "4", "assumed",       \
      "two to four years from plan to opening", "0.2", "0.5",                                      \
      "share of the missing places that is added in a year; places do not close")                  \
    X(REAL, "services.follow_residents", follow_residents, "share", "0.5", "0", "1", "assumed",    \
      "places are planned by registered persons; the plan 2.3d wants residents", "0.2", "0.8",     \
      "how far residents registered elsewhere count when places are planned")                      \
    X(REAL, "services.heating_capital", heating_capital, "share", "0.8", "0", "1", "derived",      \
      "700,000 persons of 25 county seats heated in November 2023 (tibet.cn 2023-11-18), Lhasa "   \
      "since 2013; the split is assumed",                                                          \
      "0.6", "0.9",                                                                                \
      "share of the residents of the capital with central heating or oxygen at the start")         \
    X(REAL, "services.heating_towns", heating_towns, "share", "0.2", "0", "1", "derived",          \
      "as services.heating_capital: 0.8 and 0.2 make 602,000 in 2020", "0.1", "0.3",               \
      "the same of other towns")                                                                   \
    X(REAL, "circles.integration", integration, "share", "0.2", "0", "1", "assumed",               \
      "no measure found; the plan 4.2 acts here", "0", "0.5",                                      \
      "part of what a town of a circle lacks that it can reach in a member next to it")            \
    X(REAL, "circles.reach_minutes", reach_minutes, "minutes", "60", "1", "10000", "assumed",      \
      "half-hour and three-hour circles of the plan", "30", "120",                                 \
      "travel time at which that part falls to 1/e")                                               \
    /* registration */                                                                             \
    X(CHOICE, "registration.capital_open", capital_open, "word", "no", "no|yes", "", "choice",     \
      "plan 2.2a opens county towns and designated towns, not Chengguan", "", "",                  \
      "whether the capital takes registrations too; all other towns do")                           \
    X(REAL, "registration.level", registration_level, "utility", "-2.8", "-20", "20",              \
      "calibrated",                                                                                \
      "transfers of 2020-30 are 0.3 % a year of the residents registered in rural zones: the "     \
      "reform of 2014 made 1.9 % of the rural labour force urban by registration in six years "    \
      "(CFPS 2012-18; China)",                                                                     \
      "-4.2", "-2",                                                                                \
      "constant of the yearly choice to transfer registration to the town of residence")           \
    X(REAL, "registration.accepted_share", accepted_share, "share", "0.8", "0", "1", "assumed",    \
      "limits of settlement were lifted in most towns by 2024; no share of refusals was found",    \
      "0.6", "1", "share of the applications for a transfer that towns accept")                    \
    X(REAL, "registration.gain", registration_gain, "utility/year", "0.14", "0", "10",             \
      "literature",                                                                                \
      "Li et al. 2021 (CMDS 2018): 0.070 per year away in a logit of settling, at half of the "    \
      "entitlement; China",                                                                        \
      "0.05", "0.3",                                                                               \
      "weight of a year of residence times the share of services that registration adds")          \
    X(REAL, "registration.gain_years", gain_years, "year", "10", "0", "63", "assumed",             \
      "no estimate found", "5", "20", "years of residence beyond which the gain grows no more")    \
    X(REAL, "registration.procedure_cost", procedure_cost, "utility", "1", "0", "20", "assumed",   \
      "not identified apart from registration.level", "0.5", "2",                                  \
      "utility lost by the procedure of a transfer")                                               \
    X(REAL, "registration.land_risk", land_risk, "utility", "0.13", "0", "20", "literature",       \
      "Gu et al. 2020 (CMDS 2017): access to a homestead lowers the propensity to transfer by 12 " \
      "%, "                                                                                        \
      "-ln 0.88; China",                                                                           \
      "0.03", "0.5",                                                                               \
      "perceived risk to rural land in a transfer; the land is kept by law since 2014")            \
    X(REAL, "registration.land_protection", land_protection, "share", "0", "0", "1", "choice",     \
      "user; the plan's 2.7c acts here", "0", "1",                                                 \
      "part of the perceived risk to land that protection takes away, from the start on")          \
    X(REAL, "registration.move_risk_weight", move_risk_weight, "1", "0.1", "0", "10", "assumed",   \
      "small, so that the fitted town level stands; Giles & Mu 2018 (15 % less migration under "   \
      "expected reallocation, China) would make it 1.2",                                           \
      "0", "1.2",                                                                                  \
      "perceived risk to land in the utility of any town for a rural household with land, "        \
      "relative to "                                                                               \
      "that in a transfer")                                                                        \
    X(REAL, "registration.outside_years", outside_years, "year", "5", "0", "63", "assumed",        \
      "no rule published for those registered outside the region", "3", "10",                      \
      "years of residence after which households registered outside may transfer")                 \
    X(REAL, "registration.outside_level", outside_level, "utility", "-6.5", "-20", "20",           \
      "assumed", "no transfers into the region are published; low, about 0.1 % a year", "-8",      \
      "-5",                                                                                        \
      "constant of the yearly choice of households registered outside, instead of "                \
      "registration.level")                                                                        \
    /* land */                                                                                     \
    X(REAL, "land.let_share", let_share, "1/year", "0.05", "0", "1", "assumed",                    \
      "no share of let land of the region found", "0.01", "0.15",                                  \
      "share of town households using rural land that lets it in a year; before the start too")    \
    X(REAL, "land.rent_yuan", land_rent, "yuan/year", "2000", "0", "1000000", "assumed",           \
      "no rents of land of the region found", "500", "6000",                                       \
      "rent of the land that a household lets")                                                    \
    X(REAL, "land.exit_threshold_yuan", exit_threshold, "yuan", "400000", "0", "100000000",        \
      "assumed", "no estimate found; Fengyang offered a voucher of 50,000 yuan in 2024", "150000", \
      "1000000", "payment at which half of the town households with land give it up in a year")    \
    X(REAL, "land.exit_spread_yuan", exit_spread, "yuan", "100000", "1", "100000000", "assumed",   \
      "no estimate found", "50000", "200000",                                                      \
      "payment beyond the threshold that raises the odds of giving up land by a factor of e")

#endif
