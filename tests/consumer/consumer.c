/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A program that knows the installed headers and library only: reads the region it is given, and is
 * told why one that is not there cannot be read. Linked with what writes results, so that every
 * library behind ours must be found.
 */
#include <stdio.h>
#include <townward/region.h>
#include <townward/results.h>

int main(int argc, char **argv)
{
    tw_report *report = tw_report_create();
    tw_region *region = NULL;
    if (argc != 2 || report == NULL) {
        fprintf(stderr, "usage: consumer REGION.cfg\n");
        return 2;
    }
    if (tw_region_read(argv[1], report, &region) != TW_OK) {
        for (int i = 0; i < tw_report_count(report); i++) {
            tw_finding finding = tw_report_finding(report, i);
            fprintf(stderr, "%s:%ld: %s\n", finding.file, finding.line, finding.found);
        }
        return 1;
    }
    tw_region_free(region);
    region = NULL;
    if (tw_region_read("no-such-folder/region.cfg", report, &region) == TW_OK ||
        tw_report_count(report) == 0 || tw_results_check("no-such-folder/a.h5", 0, NULL) == TW_OK) {
        fprintf(stderr, "what is not there was read or could be written\n");
        return 1;
    }
    tw_report_free(report);
    printf("ok\n");
    return 0;
}
