/* SPDX-License-Identifier: Apache-2.0 */
/** The program: a table of subcommands, their options, help. */
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <hdf5.h>

#include "base/text.h"
#include "cli/cli.h"
#include "townward_version.h"

static const tw_cli_command commands[] = {
    {"run",        "run a scenario and write its result file",
     "townward run SCENARIO.cfg -o RESULT.h5 [--force] [--set path=value]... [--seed N]\n"
     "             [--replicates N] [--threads N] [--verify]\n\n"
     "Without -o the digest and the headline are printed and no file is written.\n"
     "--verify recounts the books after every quarter and fails on a difference.\n\n"
     "example: townward run scenarios/xizang/plan-2030.cfg -o plan.h5 --replicates 4\n", TW_TAKES_SET | TW_TAKES_OUTPUT | TW_TAKES_THREADS | TW_TAKES_VERIFY,  tw_cli_run       },
    {"check",      "check scenarios and their region, run nothing",
     "townward check SCENARIO.cfg... [--set path=value]...\n\n"
     "example: townward check scenarios/xizang/plan-2030.cfg --set run.end=2050\n",      TW_TAKES_SET,                                                         tw_cli_check     },
    {"compare",    "compare scenarios with a base on the same draws",
     "townward compare BASE.cfg ALTERNATIVE.cfg... [-o COMPARISON.h5] [--force] [--replicates N]\n"
     "             [--year 2030] [--by county|prefecture|tier|income|age|household]\n"
     "             [--csv FILE] [--json FILE] [--attribute] [--each-lever]\n"
     "             [--set path=value]... [--seed N] [--threads N]\n"
     "townward compare BASE.cfg ALTERNATIVE.cfg --reach INDICATOR=VALUE@YEAR --using LEVER,LEVER\n"
     "             [--minimise outlay] [--budget YUAN]\n\n"
     "Prints the differences at the horizon, the classes of persons and the programmes.\n"
     "--year        the horizon: its 1 November; 2030 unless said, or the last year of the runs\n"
     "--by          the classes of persons by what they were, or where, at the start\n"
     "--attribute   Shapley values of the groups of levers: 2 to their number runs a replicate\n"
     "--each-lever  every lever of an alternative alone, and the alternative without it\n"
     "--reach       the cheapest amounts of some levers that reach a value; exit status 1 when "
     "none\n"
     "              does\n\n"
     "example: townward compare scenarios/xizang/baseline.cfg scenarios/xizang/plan-2030.cfg \\\n"
     "             --replicates 4 -o plan.h5 --by income\n",                             TW_TAKES_SET | TW_TAKES_OUTPUT | TW_TAKES_THREADS | TW_TAKES_COMPARE, tw_cli_compare   },
    {"explain",    "say what a setting, a lever or a scenario means",
     "townward explain                 all settings\n"
     "townward explain PATH            one setting, or a group of them\n"
     "townward explain levers          the levers and their keys\n"
     "townward explain limits          what the model does not contain\n"
     "townward explain SCENARIO.cfg    the resolved scenario with the origin of every value\n"
     "townward explain --reference     the reference scenario\n"
     "townward explain --parameters    all settings with their sources, in Markdown\n"
     "townward explain --levers [SCENARIO.cfg]   all levers, with the costs of its region, in "
     "Markdown\n\n"
     "example: townward explain moving.search_level\n",                                  TW_TAKES_SET | TW_TAKES_REFERENCE,                                    tw_cli_explain   },
    {"synthesize", "make the starting population and say how well it fits",
     "townward synthesize SCENARIO.cfg [-o POPULATION.h5] [--force] [--set path=value]...\n\n"
     "example: townward synthesize scenarios/xizang/baseline.cfg --set run.start=2010-11 \\\n"
     "             --set run.end=2020\n",                                                TW_TAKES_SET | TW_TAKES_OUTPUT | TW_TAKES_THREADS,                    tw_cli_synthesize},
    {"inspect",    "say what is in result files, and their headline figures",
     "townward inspect RESULT.h5...\n\n"
     "One file: contents and headline. Several: a short comparison with the first.\n\n"
     "example: townward inspect out/baseline.h5 out/plan-2030.h5\n",                     0,                                                                    tw_cli_inspect   },
    {"trace",      "follow one household through a run, in one scenario or in two",
     "townward trace SCENARIO.cfg --find KIND [--with ALT.cfg]\n"
     "townward trace SCENARIO.cfg --uid U [--with ALT.cfg] [--replicate N] [--set path=value]...\n"
     "             [--seed N] [--threads N]\n\n"
     "--find prints a few uids of households that moved (to a town), returned, were refused,\n"
     "subsidised or displaced; `--find parted --with ALT.cfg` those that live elsewhere in ALT.\n"
     "--uid U, of a household or a person, prints its quarters: state, events, the utilities of\n"
     "the places it compared, draws and lotteries. With --with both scenarios run on the same\n"
     "draws; the first quarter in which they part is marked. --set holds for both.\n\n"
     "example: townward trace scenarios/xizang/plan-2030.cfg --find moved\n",            TW_TAKES_SET | TW_TAKES_THREADS | TW_TAKES_TRACE,                     tw_cli_trace     },
};
enum { NUM_COMMANDS = sizeof commands / sizeof *commands };

void tw_cli_print_report(const tw_report *report)
{
    for (int i = 0; i < tw_report_count(report); i++) {
        const tw_finding finding = tw_report_finding(report, i);
        if (finding.file[0] != '\0') {
            fprintf(stderr, "%s:", finding.file);
        }
        if (finding.line > 0) {
            fprintf(stderr, "%ld:", finding.line);
        }
        fprintf(stderr, "%serror: %s", finding.file[0] != '\0' ? " " : "", finding.found);
        fprintf(stderr, finding.expected[0] != '\0' ? "; expected %s\n" : "\n", finding.expected);
    }
}

int tw_cli_exit_code(tw_status status)
{
    switch (status) {
        case TW_OK:
            return TW_EXIT_DONE;
        case TW_BAD_INPUT:
        case TW_BAD_USE:
            return TW_EXIT_WRONG;
        case TW_INTERRUPTED:
            return TW_EXIT_INTERRUPTED;
        default:
            return TW_EXIT_FAILED;
    }
}

int tw_cli_fail(tw_status status, const tw_report *report)
{
    tw_cli_print_report(report);
    if (tw_report_count(report) == 0) {
        fprintf(stderr, "townward: error: %s\n", tw_status_sentence(status));
    }
    return tw_cli_exit_code(status);
}

int tw_cli_wrong_use(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "townward: error: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    return TW_EXIT_WRONG;
}

static void print_help(FILE *out)
{
    fprintf(out,
            "townward %s: every household of a region deciding whether to move to a town\n\n"
            "usage: townward COMMAND [OPTIONS]\n\n",
            TW_VERSION);
    for (int i = 0; i < NUM_COMMANDS; i++) {
        fprintf(out, "  %-11s %s\n", commands[i].name, commands[i].sentence);
    }
    fprintf(out,
            "\ntownward COMMAND --help says more; townward --version says what this is.\n\n"
            "example: townward run scenarios/xizang/baseline.cfg -o baseline.h5\n\n"
            "exit status: 0 done, 1 failed, 2 wrong use or invalid input, 75 interrupted\n");
}

static int print_version(void)
{
#ifdef __clang__
    const char *compiler = "";
#else
    const char *compiler = "gcc ";
#endif
#ifdef _OPENMP
    const char *parallel = "with OpenMP";
#else
    const char *parallel = "without OpenMP";
#endif
    /* The version text of clang names it, that of gcc does not. */
    printf("townward %s (%s), %s%s, %s, HDF5 %d.%d.%d\n", TW_VERSION, TW_REVISION, compiler,
           __VERSION__, parallel, H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE);
    return TW_EXIT_DONE;
}

static const tw_cli_command *find_command(const char *name)
{
    for (int i = 0; i < NUM_COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *names[NUM_COMMANDS];
    for (int i = 0; i < NUM_COMMANDS; i++) {
        names[i] = commands[i].name;
    }
    const char *nearest = tw_text_nearest(name, names, NUM_COMMANDS);
    return tw_cli_wrong_use("unknown command %s; %s%s", name,
                            nearest != NULL ? "did you mean " : "see townward --help",
                            nearest != NULL ? nearest : "");
}

/** Every option; `takes` is the permission it needs. */
static const struct {
    const char *name;
    int takes, valued;
} known_options[] = {
    {"--set",        TW_TAKES_SET,       1},
    {"--seed",       TW_TAKES_SET,       1},
    {"--replicates", TW_TAKES_SET,       1},
    {"-o",           TW_TAKES_OUTPUT,    1},
    {"--uid",        TW_TAKES_TRACE,     1},
    {"--find",       TW_TAKES_TRACE,     1},
    {"--with",       TW_TAKES_TRACE,     1},
    {"--replicate",  TW_TAKES_TRACE,     1},
    {"--threads",    TW_TAKES_THREADS,   1},
    {"--force",      TW_TAKES_OUTPUT,    0},
    {"--verify",     TW_TAKES_VERIFY,    0},
    {"--year",       TW_TAKES_COMPARE,   1},
    {"--by",         TW_TAKES_COMPARE,   1},
    {"--csv",        TW_TAKES_COMPARE,   1},
    {"--json",       TW_TAKES_COMPARE,   1},
    {"--reach",      TW_TAKES_COMPARE,   1},
    {"--using",      TW_TAKES_COMPARE,   1},
    {"--minimise",   TW_TAKES_COMPARE,   1},
    {"--budget",     TW_TAKES_COMPARE,   1},
    {"--attribute",  TW_TAKES_COMPARE,   0},
    {"--each-lever", TW_TAKES_COMPARE,   0},
    {"--reference",  TW_TAKES_REFERENCE, 0},
    {"--parameters", TW_TAKES_REFERENCE, 0},
    {"--levers",     TW_TAKES_REFERENCE, 0}
};
enum { NUM_OPTIONS = sizeof known_options / sizeof *known_options };

/* The nearest of the options this command takes. */
static int unknown_option(const tw_cli_command *command, const char *option)
{
    const char *names[NUM_OPTIONS + 1] = {"--help"};
    for (int i = 0; i < NUM_OPTIONS; i++) {
        names[i + 1] = (known_options[i].takes & command->takes) ? known_options[i].name : NULL;
    }
    const char *nearest = tw_text_nearest(option, names, NUM_OPTIONS + 1);
    return tw_cli_wrong_use("%s: unknown option %s; %s%s", command->name, option,
                            nearest != NULL ? "did you mean " : "see --help",
                            nearest != NULL ? nearest : "");
}

/* --seed N and --replicates N are other words for --set run.seed=N. */
static int add_derived(tw_cli_options *options, const char *path, const char *value)
{
    if (options->num_derived == 4 || options->num_sets == TW_CLI_MAX_SETS) {
        return tw_cli_wrong_use("too many options");
    }
    char *text = options->derived[options->num_derived++];
    const int length = snprintf(text, sizeof options->derived[0], "%s=%s", path, value);
    if (length < 0 || (size_t)length >= sizeof options->derived[0]) {
        return tw_cli_wrong_use("the value %s of %s is too long", value, path);
    }
    options->sets[options->num_sets++].text = text;
    return 0;
}

/* Options whose value is kept as it is: 1 when it is one of them. */
static int set_text(tw_cli_options *options, const char *option, const char *value)
{
    const struct {
        const char *name, **value;
    } texts[] = {
        {"-o",          &options->output          },
        {"--uid",       &options->uid             },
        {"--find",      &options->find            },
        {"--with",      &options->with            },
        {"--replicate", &options->replicate       },
        {"--year",      &options->compare.year    },
        {"--by",        &options->compare.by      },
        {"--csv",       &options->compare.csv     },
        {"--json",      &options->compare.json    },
        {"--reach",     &options->compare.reach   },
        {"--using",     &options->compare.levers  },
        {"--minimise",  &options->compare.minimise},
        {"--budget",    &options->compare.budget  }
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(option, texts[i].name) == 0) {
            *texts[i].value = value;
            return 1;
        }
    }
    return 0;
}

/** An option with a value; `takes` says which commands know it. */
static int set_valued(const tw_cli_command *command, tw_cli_options *options, const char *option,
                      const char *value)
{
    int64_t threads = 0;
    if (strcmp(option, "--set") == 0) {
        if (options->num_sets == TW_CLI_MAX_SETS) {
            return tw_cli_wrong_use("more than %d times --set", TW_CLI_MAX_SETS);
        }
        options->sets[options->num_sets++].text = value;
        return 0;
    }
    if (strcmp(option, "--seed") == 0) {
        return add_derived(options, "run.seed", value);
    }
    if (strcmp(option, "--replicates") == 0) {
        return add_derived(options, "run.replicates", value);
    }
    if (set_text(options, option, value)) {
        return 0;
    }
    if (tw_text_int(value, &threads) != 0 || threads < 1 || threads > 1024) {
        return tw_cli_wrong_use("%s: --threads %s; expected 1 to 1024", command->name, value);
    }
    options->threads = (int)threads;
    return 0;
}

/* Index of an option that the command takes, or -1; `value` is what follows its = or NULL. */
static int find_option(const tw_cli_command *command, const char *option, const char **value)
{
    *value = NULL;
    for (int i = 0; i < NUM_OPTIONS; i++) {
        const size_t length = strlen(known_options[i].name);
        if ((known_options[i].takes & command->takes) == 0 ||
            strncmp(option, known_options[i].name, length) != 0) {
            continue;
        }
        if (option[length] == '=' && length > 2 && known_options[i].valued) {
            *value = option + length + 1;
            return i;
        }
        if (option[length] == '\0') {
            return i;
        }
    }
    return -1;
}

static int add_file(tw_cli_options *options, const char *file)
{
    if (options->num_files == TW_CLI_MAX_FILES) {
        return tw_cli_wrong_use("more than %d files", TW_CLI_MAX_FILES);
    }
    options->files[options->num_files++] = file;
    return 0;
}

static int read_options(const tw_cli_command *command, int argc, char **argv,
                        tw_cli_options *options)
{
    int code = 0, only_files = 0;
    for (int i = 0; i < argc && code == 0; i++) {
        const char *value = NULL;
        if (argv[i][0] != '-' || only_files) {
            code = add_file(options, argv[i]);
            continue;
        }
        only_files = strcmp(argv[i], "--") == 0;
        if (only_files) {
            continue;
        }
        const int option = find_option(command, argv[i], &value);
        if (option < 0) {
            code = unknown_option(command, argv[i]);
        } else if (!known_options[option].valued) {
            options->force |= strcmp(argv[i], "--force") == 0;
            options->verify |= strcmp(argv[i], "--verify") == 0;
            options->reference |= strcmp(argv[i], "--reference") == 0;
            options->parameters |= strcmp(argv[i], "--parameters") == 0;
            options->levers |= strcmp(argv[i], "--levers") == 0;
            options->compare.attribute |= strcmp(argv[i], "--attribute") == 0;
            options->compare.each_lever |= strcmp(argv[i], "--each-lever") == 0;
        } else if (value == NULL && i + 1 == argc) {
            code = tw_cli_wrong_use("%s: %s needs a value", command->name, argv[i]);
        } else {
            value = value == NULL ? argv[++i] : value;
            code = set_valued(command, options, known_options[option].name, value);
        }
    }
    return code;
}

static int asks_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return 1;
        }
    }
    return 0;
}

static int run_command(const tw_cli_command *command, int argc, char **argv)
{
    if (asks_help(argc, argv)) {
        printf("%s: %s\n\n%s", command->name, command->sentence, command->usage);
        return TW_EXIT_DONE;
    }
    tw_cli_options *options = calloc(1, sizeof(*options));
    if (options == NULL) {
        return TW_EXIT_FAILED;
    }
    int code = read_options(command, argc, argv, options);
    if (code == 0) {
        code = command->run(options);
    }
    free(options);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "townward: error: cannot write to standard output\n");
        code = code == 0 ? TW_EXIT_FAILED : code;
    }
    return code;
}

int main(int argc, char **argv)
{
    /* A file size limit is a full disk to us: the write fails and is reported. */
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        print_help(stderr);
        return TW_EXIT_WRONG;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        (strcmp(argv[1], "help") == 0 && argc == 2)) {
        print_help(stdout);
        return TW_EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        return print_version();
    }
    if (strcmp(argv[1], "help") == 0) {
        static char help[] = "--help";
        char *only_help[] = {help};
        if (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "help") == 0) {
            print_help(stdout);
            return TW_EXIT_DONE;
        }
        const tw_cli_command *command = find_command(argv[2]);
        return command == NULL ? unknown_command(argv[2]) : run_command(command, 1, only_help);
    }
    if (argv[1][0] == '-') {
        static const char *const known[] = {"--help", "--version"};
        const char *nearest = tw_text_nearest(argv[1], known, 2);
        return tw_cli_wrong_use("unknown option %s; %s%s", argv[1],
                                nearest != NULL ? "did you mean " : "see townward --help",
                                nearest != NULL ? nearest : "");
    }
    const tw_cli_command *command = find_command(argv[1]);
    return command == NULL ? unknown_command(argv[1]) : run_command(command, argc - 2, argv + 2);
}
