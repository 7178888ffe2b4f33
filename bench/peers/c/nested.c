#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), sum = 0;
  int *largest = ints(n);
  for (int64_t k = 0, group = 0; k < 20 * n; k++) {
    int number = next() % 1000000;
    if (number > largest[group]) largest[group] = number;
    if (++group == n) group = 0;
  }
  for (int64_t group = 0; group < n; group++) sum += largest[group];
  printf("RESULT %lld\n", (long long)sum);
}
