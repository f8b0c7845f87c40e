/* SPDX-License-Identifier: Apache-2.0 */
/** What long works share: signals, time, and what is written down about a run. */
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static volatile sig_atomic_t interrupted;

static void note_signal(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

int tw_cli_interrupted(void)
{
    return interrupted;
}

void tw_cli_heed_signals(void)
{
    struct sigaction action = {.sa_handler = note_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

double tw_cli_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

tw_provenance tw_cli_provenance(const tw_cli_options *options, const char *command, double seconds)
{
    static char host[256], date[32], line[4096];
    const time_t clock = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    if (gmtime_r(&clock, &utc) != NULL) {
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    size_t at = (size_t)snprintf(line, sizeof line, "townward %s", command);
    for (int i = 0; i < options->num_files && at < sizeof line; i++) {
        at += (size_t)snprintf(line + at, sizeof line - at, " %s", options->files[i]);
    }
    for (int i = 0; i < options->num_sets && at < sizeof line; i++) {
        at += (size_t)snprintf(line + at, sizeof line - at, " --set %s", options->sets[i].text);
    }
    return (tw_provenance){line, host, date, options->threads, seconds};
}
