#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), sum = 0;
  int *numbers = ints(n);
  for (int64_t i = 0; i < n; i++) numbers[i] = next() % 1000;
  for (int64_t i = 0; i < n; i++) sum += numbers[i];
  printf("RESULT %lld\n", (long long)sum);
}
