/* The random numbers of all programs, the argument, and arrays. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t state = 42;

static inline int64_t next(void) {
  state = state * 48271 % 2147483647;
  return state;
}

static int64_t size_of(char **arguments) { return atoll(arguments[1]); }

static int *ints(int64_t amount) { return calloc(amount, sizeof(int)); }

static int *filled(int64_t amount, int value) {
  int *array = ints(amount);
  for (int64_t i = 0; i < amount; i++) array[i] = value;
  return array;
}

/* Edges as lists: the first of each node, and the next of each edge; -1 ends. */
static void link_edge(int *first, int *next_edge, int node, int edge) {
  next_edge[edge] = first[node];
  first[node] = edge;
}
