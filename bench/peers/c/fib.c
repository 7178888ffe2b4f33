#include "common.h"

__attribute__((noinline)) static int64_t fibonacci(int64_t n) {
  return n <= 1 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

int main(int count, char **arguments) {
  printf("RESULT %lld\n", (long long)fibonacci(size_of(arguments)));
}
