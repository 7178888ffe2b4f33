/* Gillespie's direct method. */
#include "common.h"

static double chance(void) { return next() / 2147483647.0; }

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), events = 0, prey = 10000, predators = 10000;
  double time = 0;
  for (; events < n; events++) {
    double born = 10.0 * prey, eaten = born + 0.001 * prey * predators, all = eaten + 10.0 * predators;
    if (all == 0) break;
    time -= log(chance()) / all;
    double drawn = chance() * all;
    if (drawn < born) {
      prey++;
    } else if (drawn < eaten) {
      prey--;
      predators++;
    } else {
      predators--;
    }
  }
  /* The time is part of a simulation: it must not be optimised away. */
  if (time < 0) return 1;
  printf("RESULT %lld-%lld-%lld\n", (long long)events, (long long)prey, (long long)predators);
}
