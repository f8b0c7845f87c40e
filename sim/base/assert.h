/* SPDX-License-Identifier: Apache-2.0 */
/** An always-on assertion: a broken invariant of ours ends the program with file and line. */
#ifndef TW_BASE_ASSERT_H
#define TW_BASE_ASSERT_H

/** Prints and aborts; never returns. */
_Noreturn void tw_assert_failed(const char *file, int line, const char *condition);

#define tw_assert(condition) \
    ((condition) ? (void)0 : tw_assert_failed(__FILE__, __LINE__, #condition))

#endif
