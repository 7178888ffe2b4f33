#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments);
  int *numbers = ints(n);
  for (int64_t i = 0; i < n; i++) numbers[i] = next();
  int max = -1;
  for (int64_t i = 0; i < n; i++) if (numbers[i] > max) max = numbers[i];
  printf("RESULT %d\n", max);
}
