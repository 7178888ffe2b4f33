/* What every program costs before it does anything. */
#include "common.h"

int main(int count, char **arguments) {
  printf("RESULT none\n");
}
