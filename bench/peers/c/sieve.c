#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), primes = 0;
  char *crossed_out = calloc(n + 1, 1);
  for (int64_t i = 2; i <= n; i++) {
    if (crossed_out[i]) continue;
    primes++;
    for (int64_t j = i * i; j <= n; j += i) crossed_out[j] = 1;
  }
  printf("RESULT %lld\n", (long long)primes);
}
