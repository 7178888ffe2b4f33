/* A hash table with open addressing. */
#include "common.h"

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), different = n / 10 > 0 ? n / 10 : 1, places = 16;
  while (places < 2 * different) places *= 2;
  int *word = filled(places, -1), *times = ints(places);
  for (int64_t i = 0; i < n; i++) {
    int drawn = next() % different;
    int64_t place = ((uint32_t)drawn * 2654435761u) & (places - 1);
    while (word[place] >= 0 && word[place] != drawn) place = (place + 1) & (places - 1);
    word[place] = drawn;
    times[place]++;
  }
  int64_t found = 0, squares = 0;
  for (int64_t i = 0; i < places; i++) {
    if (word[i] < 0) continue;
    found++;
    squares += (int64_t)times[i] * times[i];
  }
  printf("RESULT %lld-%lld\n", (long long)found, (long long)squares);
}
