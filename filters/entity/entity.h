/* entity.h - names in the text: who, which organisation, where. */
#ifndef NTAG_ENTITY_H
#define NTAG_ENTITY_H

#include "filter.h"

extern const struct filter filter_entity;

#endif
