/* A walk from every node. */
#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), edges = 2 * n, pairs = 0;
  int *first = filled(n, -1), *next_edge = ints(edges), *to = ints(edges);
  for (int64_t e = 0; e < edges; e++) {
    int a = next() % n;
    to[e] = next() % n;
    link_edge(first, next_edge, a, e);
  }
  int *seen_from = filled(n, -1), *queue = ints(n);
  for (int start = 0; start < n; start++) {
    int size = 0, node = start;
    for (int done = 0;; done++) {
      for (int e = first[node]; e >= 0; e = next_edge[e]) {
        if (seen_from[to[e]] == start) continue;
        seen_from[to[e]] = start;
        queue[size++] = to[e];
      }
      if (done == size) break;
      node = queue[done];
    }
    pairs += size;
  }
  printf("RESULT %lld\n", (long long)pairs);
}
