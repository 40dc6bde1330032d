/* typing.h - the linear model that tells labels of one class apart: logistic regression by AdaGrad. */
#ifndef NTAG_TRAIN_TYPING_H
#define NTAG_TRAIN_TYPING_H

#include "sets.h"

/* Weights in nats, 1 << bits rows from the heap. */
float (*typing_train(
    const struct samples *all, unsigned bits, unsigned epochs, uint64_t seed))[SCORES];

#endif
