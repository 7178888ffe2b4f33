#include "common.h"

static int order(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), checksum = 0;
  int *values = ints(n);
  for (int64_t i = 0; i < n; i++) values[i] = next();
  qsort(values, n, sizeof(int), order);
  for (int64_t i = 0; i < n; i++) checksum = (checksum + i * values[i]) % 1000000007;
  printf("RESULT %lld\n", (long long)checksum);
}
