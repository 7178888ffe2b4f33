/* Kahn's algorithm. */
#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), links = 3 * n;
  int *first = filled(n, -1), *next_link = ints(links), *to = ints(links);
  int link = 0;
  for (int64_t task = 1; task < n; task++)
    for (int k = 0; k < 3; k++) {
      to[link] = task;
      link_edge(first, next_link, next() % task, link);
      link++;
    }
  int *missing = filled(n, 3), *sum = ints(n), *ready = ints(n);
  missing[0] = 0;
  int64_t waiting = 1, done = 0, total = 0;
  while (waiting) {
    int task = ready[--waiting], value = sum[task] + 1;
    done++;
    total = (total + value) % 1000003;
    for (int l = first[task]; l >= 0; l = next_link[l]) {
      int after = to[l];
      sum[after] = (sum[after] + value) % 1000003;
      if (--missing[after] == 0) ready[waiting++] = after;
    }
  }
  printf("RESULT %lld-%lld\n", (long long)done, (long long)total);
}
