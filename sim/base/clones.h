/* SPDX-License-Identifier: Apache-2.0 */
/**
 * TW_CLONES marks a leaf kernel: the compiler makes a version for each vector unit and the program
 * takes the best one when it starts. All versions give the same bits (no contraction, no
 * reassociation). Levels of the x86-64 interface, not names of processors: a newer one
 * matches none of those. Off where TW_TARGET_CLONES is not defined, and with clang, whose version
 * 14 names the dispatched symbol so that other files cannot link to it.
 */
#ifndef TW_BASE_CLONES_H
#define TW_BASE_CLONES_H

#if defined(TW_TARGET_CLONES) && defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define TW_CLONES __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define TW_CLONES
#endif

#endif
