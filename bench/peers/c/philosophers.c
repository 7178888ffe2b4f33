#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), uneaten = 10 * n;
  /* Volatile: each fork is really taken and put back. */
  volatile int *left = filled(n, 10), *is_free = filled(n, 1);
  while (uneaten) {
    for (int64_t i = 0; i < n; i++) {
      int64_t right = i + 1 == n ? 0 : i + 1;
      if (!left[i] || !is_free[i] || !is_free[right]) continue;
      is_free[i] = is_free[right] = 0;
      left[i]--;
      uneaten--;
      is_free[i] = is_free[right] = 1;
    }
  }
  int64_t fed = 0, forks = 0;
  for (int64_t i = 0; i < n; i++) {
    fed += left[i] == 0;
    forks += is_free[i];
  }
  printf("RESULT %lld-%lld\n", (long long)fed, (long long)forks);
}
