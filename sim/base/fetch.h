/* SPDX-License-Identifier: Apache-2.0 */
/** Memory that is on its way before it is read; nothing but time hangs on it. */
#ifndef TW_BASE_FETCH_H
#define TW_BASE_FETCH_H

#if defined(__GNUC__)
#define TW_FETCH(address) __builtin_prefetch(address)
/** Head of a function that only fetches: gcc drops calls of it, unless it is a part of its caller.
 */
#define TW_FETCHES static inline __attribute__((always_inline)) void
#else
#define TW_FETCH(address) (void)(address)
#define TW_FETCHES        static inline void
#endif

#endif
