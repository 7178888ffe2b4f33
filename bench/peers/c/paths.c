/* Dijkstra's algorithm over a binary heap. */
#include "common.h"

typedef struct {
  int64_t distance;
  int node;
} Reached;

static Reached *heap;
static int64_t heap_size;

static void push(Reached reached) {
  int64_t i = heap_size++;
  while (i) {
    int64_t parent = (i - 1) / 2;
    if (heap[parent].distance <= reached.distance) break;
    heap[i] = heap[parent];
    i = parent;
  }
  heap[i] = reached;
}

static Reached take_nearest(void) {
  Reached nearest = heap[0], last = heap[--heap_size];
  int64_t i = 0;
  for (;;) {
    int64_t child = 2 * i + 1;
    if (child >= heap_size) break;
    if (child + 1 < heap_size && heap[child + 1].distance < heap[child].distance) child++;
    if (heap[child].distance >= last.distance) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = last;
  return nearest;
}

int main(int count, char **arguments) {
  int64_t n = size_of(arguments), edges = 4 * n;
  int *first = filled(n, -1), *next_edge = ints(edges), *to = ints(edges), *weight = ints(edges);
  for (int64_t e = 0; e < edges; e++) {
    int a = next() % n;
    to[e] = next() % n;
    weight[e] = 1 + next() % 100;
    link_edge(first, next_edge, a, e);
  }
  heap = malloc((edges + 1) * sizeof(Reached));
  int64_t *distance = malloc(n * sizeof(int64_t));
  for (int64_t i = 0; i < n; i++) distance[i] = INT64_MAX;
  distance[0] = 0;
  push((Reached){0, 0});
  while (heap_size) {
    Reached near = take_nearest();
    if (near.distance > distance[near.node]) continue;
    for (int e = first[near.node]; e >= 0; e = next_edge[e]) {
      int64_t far = near.distance + weight[e];
      if (far >= distance[to[e]]) continue;
      distance[to[e]] = far;
      push((Reached){far, to[e]});
    }
  }
  int64_t reached = 0, sum = 0;
  for (int64_t i = 0; i < n; i++) {
    if (distance[i] == INT64_MAX) continue;
    reached++;
    sum += distance[i];
  }
  printf("RESULT %lld-%lld\n", (long long)reached, (long long)sum);
}
