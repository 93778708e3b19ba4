/*
 * Texts that are agreed upon as a whole, kept in tests/golden: a change of shape shows in review.
 */
#ifndef RONDO_TEST_GOLDEN_H
#define RONDO_TEST_GOLDEN_H

#include "base/text.h"

/*
 * The file holds exactly this text; else the test fails, naming the file and the first line that
 * differs. RONDO_GOLDEN=write writes the file first. Paths are from the top of the repository.
 */
void assert_golden(const char *path, text got);

#endif
