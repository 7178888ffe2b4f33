#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), divisor = 0;
  for (int64_t i = 0; i < n; i++) {
    int64_t number = 6 * (1 + next() % 1000);
    while (number) {
      int64_t rest = divisor % number;
      divisor = number;
      number = rest;
    }
  }
  printf("RESULT %lld\n", (long long)divisor);
}
