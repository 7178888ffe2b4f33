import type { KernelName } from '../../../vm/index.ts'

/** Programs that must take a kernel, each written differently, and programs that look alike and must not. */
export interface Shape {
  readonly kernel: KernelName
  readonly variants: readonly string[]
  readonly nearMisses: readonly string[]
}

const numbers = '5, 3, 8, 1, 9, 2, 7, 4, 6'
const pairs = '1:5, 2:3, 3:8, 4:1, 5:9, 6:2, 7:7, 8:4, 9:6'
const tagged = 'V:5, V:3, V:8, V:1, V:9, V:2, V:7, V:4'
const words = '"a":1, "b":2, "a":3, "c":1, "b":1, "a":1, "c":2, "d":1'
const naturals = '2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15'

const fold: Shape = {
  kernel: 'fold',
  variants: [
    `<${numbers}, replace x, y by x if x >= y>`,
    `<${numbers}, replace small::Int, large::Int by large if !(small > large)>`,
    `<${numbers}, replace b, a by a if a < b>`,
    `<${numbers}, replace x::Number, y::Number by x if x > y || x == y>`,
    `<${numbers}, replace x::Int, y::Int by x + y>`,
    `<${numbers}, replace p::Int, q::Int by q + p if true>`,
    `<${numbers}, replace x::Int, y::Int by max(x, y)>`,
    `<${numbers}, replace x::Int, y::Int by Math.min(y, x)>`,
    `<${numbers}, replace x::Int, y::Int by x >= y ? x : y>`,
    `<${numbers}, replace x::Int, y::Int by x * y>`,
    `<${tagged}, replace V:b, V:a by V:(a + b)>`,
    `<${tagged}, replace V:a, V:b by V:a if b <= a>`,
    `<${tagged}, A, (replace A by B), replace V:a, V:b by V:a if b <= a>`,
    `<1:2:X, 3:1:X, 5:7:X, 2:2:X, replace a:b:X, c:d:X by (a + c):max(b, d):X>`,
    `<"p", "q", "za", "b", "c", replace x::String, y::String by x if x > y>`,
    `<2.5, 1.5, 9.0, 3.25, replace x::Float, y::Float by x if x >= y>`,
    `<1^20, 7^3, replace x::Int, y::Int by x + y>`,
    `<9007199254740993, 1, 9007199254740995, 4, replace x::Int, y::Int by x + y>`,
    `<5, ∞, 7, 8, 9, replace x::Int, y::Int by x + y>`,
    `let m = replace x::Int, y::Int by x if x >= y in
      <<${numbers}, m>, <1, 2, 3, 10, m>, (replace <m = r, ω> by ω), m>`,
  ],
  nearMisses: [
    `<${numbers}, replace x, y by x - y>`,
    `<${numbers}, replace x, y by x if x >= y + 1>`,
    `<${numbers}, replace x::Int, y::Int by x + y if x < 3>`,
    `<${numbers}, replace-one x, y by x if x >= y>`,
    `<${numbers}, replace x, y by x, y if x > y && x < 0>`,
    `<${numbers}, replace x, y by <x> if x >= y>`,
    `<${numbers}, replace x, y, z by x if x >= y && y >= z>`,
    `<${tagged}, replace V:a, W:b by V:a if a >= b>`,
    `<V:W, V:X, V:Y, V:Z, (replace V:Q by Q), replace a:x, b:y by a:x if a >= b>`,
    `<1:2, 3:4, 5:6, 7:8, replace x, y by x if x >= y>`,
    `<A, B, C, D, replace x, y by x if x >= y>`,
    `<2, 3, 4, 5^-1, replace x::Int, y::Int by x + y>`,
    `<2, 3, 4, <5>, (replace x::Rule by ∅), replace x::Int, y::Int by size(<x, y>)>`,
    `<∞, -∞, 1, 2, replace x::Int, y::Int by x + y>`,
  ],
}

const keyedFold: Shape = {
  kernel: 'keyed fold',
  variants: [
    `<${words}, replace w:a, w:b by w:(a + b)>`,
    `<${words}, replace w::String:b, w:a by w:(a + b)>`,
    `<${words}, replace v:a, w:b by v:(a + b) if v == w>`,
    `<${words}, replace w:a, w:b by w:a if a >= b>`,
    `<${words}, replace w:a, w:b by w:max(a, b)>`,
    `<${words}, replace w:a, w:b by w:(a < b ? a : b)>`,
    `<${words}, A, (replace A by B), replace w:a, w:b by w:(a + b)>`,
    `<1:7, 1:3, 2:4, 2:1, 1:1, 3:9, 2:8, 3:3, replace k:a, k:b by k:(b + a)>`,
    `<7:1, 3:1, 4:2, 1:2, 1:1, 9:3, 8:2, 3:3, replace a:k, b:k by (a + b):k>`,
    `<W:1:7, W:1:3, W:2:4, W:2:1, W:1:1, W:3:9, replace W:k:a, W:k:b by W:k:(a + b)>`,
    `<A:1:7, B:1:3, A:1:4, B:1:1, A:2:1, A:2:9, replace t:k:a, t:k:b by t:k:(a + b)>`,
    `<1:7^4, 1:3^5, 2:4, 2:1, 1:1, replace k:a, k:b by k:(a + b)>`,
    `<1.0:7, 1:3, 1:4, 1.0:2, 2:1, replace k:a, k:b by k:(a + b)>`,
    `<1:"a", 2:"b", 1:"c", 2:"d", 1:"e", replace k:a, k:b by k:b if a <= b>`,
  ],
  nearMisses: [
    `<${words}, replace w:a, w:b by w:(a - b)>`,
    `<${words}, replace w:a, w:b by w:(a + b) if a != b>`,
    `<${words}, replace w:a, v:b by w:(a + b)>`,
    `<${words}, replace w:a, w:b by b:(a + a)>`,
    `<${words}, replace-one w:a, w:b by w:(a + b)>`,
    `<1.0:7, 1:3, 1:4, 1.0:2, 2:1, replace k:a, j:b by k:(a + b) if k == j>`,
    `<1:7, 1:3, 2:4, 2:1, 1:1, replace k:a, a:k by k:a>`,
    `<[1]:7, [1]:3, [2]:4, [2]:1, replace k:a, k:b by k:(a + b)>`,
  ],
}

const divides: Shape = {
  kernel: 'divides',
  variants: [
    `<${naturals}, replace x, y by x if x divides y>`,
    `<${naturals}, replace y, x by x if x divides y>`,
    `<${naturals}, replace many::Int, few::Int by few if many % few == 0>`,
    `<${naturals}, replace x::Int, y::Int by x if 0 == y % x>`,
    `<${naturals}, replace x::Int, y::Int by y if x % y == 0 && x > y>`,
    `<${naturals}, replace x::Int, y::Int by x if x != y && x divides y>`,
    `<${naturals}, replace x::Int, y::Int by x if x > 0 && x divides y>`,
    `<${naturals}, A, (replace A by B), replace x, y by x if x divides y>`,
    `<P:2, P:3, P:4, P:5, P:6, P:7, P:8, P:9, P:10, replace P:x, P:y by P:x if x divides y>`,
    `<2:P, 3:P, 4:P, 5:P, 6:P, 7:P, 8:P, 9:P, 10:P, replace x:P, y:P by y:P if x % y == 0>`,
    `<2:A, 3:B, 4:C, 5:D, 6:E, 7:F, 8:G, 9:H, replace x:a, y:b by x:a if x divides y && x < y>`,
    `<6^4, 3^5, 9, 12, 20, 10, 4, 4, replace x, y by x if x divides y>`,
    `<1, 2, 3, 4, 5, 6, 7, 8, 9, replace x, y by x if x divides y>`,
    `<6^4, 3^5, 9, 12, 20, 10, 4, 4, replace x, y by x if x divides y && x != y>`,
  ],
  nearMisses: [
    `<${naturals}, replace x, y by y if x divides y && x < y>`,
    `<${naturals}, replace x, y by x if y % x == 1>`,
    `<${naturals}, replace x, y by x if x divides y && y < 10>`,
    `<${naturals}, replace-one x, y by x if x divides y>`,
    `<${naturals}, replace x, y by x if !(x divides y) && x < 0>`,
    `<-2, 3, 4, 5, 6, 7, 8, 9, 10, replace x, y by x if x divides y && x < y>`,
    `<0, 3, 4, 5, 6, 7, 8, 9, 10, replace x, y by x if x divides y && x < y>`,
    `<2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, replace x, y by x if x divides y && x < y>`,
    `<2, 3, 4, 1000000007, 6, 7, 8, 9, replace x, y by x if x divides y>`,
  ],
}

const exchange: Shape = {
  kernel: 'exchange',
  variants: [
    `<${pairs}, replace i:a, j:b by i:b, j:a if i < j && a > b>`,
    `<${pairs}, replace p:v, q:w by q:v, p:w if w < v && q > p>`,
    `<${pairs}, replace i::Int:a, j::Int:b by i:b, j:a if j > i && !(a <= b)>`,
    `<${pairs}, replace j:b, i:a by i:b, j:a if i < j && b < a>`,
    `<${pairs}, replace i:a, j:b by i:b, j:a if i < j && a < b>`,
    `<${pairs}, replace i:a, j:b by i:b, j:a if i > j && a > b>`,
    `<${pairs}, A, (replace A by B), replace i:a, j:b by i:b, j:a if i < j && a > b>`,
    `<CELL:5:1, CELL:3:2, CELL:8:3, CELL:1:4, CELL:9:5, CELL:2:6, CELL:7:7, CELL:4:8,
      replace CELL:b:j, CELL:a:i by CELL:a:j, CELL:b:i if j > i && b < a>`,
    `<1:"e", 2:"c", 3:"h", 4:"a", 5:"i", 6:"b", 7:"g", 8:"d",
      replace i:a, j:b by i:b, j:a if i < j && a > b>`,
    `<1:5:X, 2:3:Y, 3:8:Z, 4:1:A, 5:9:B, 6:2:C, 7:7:D, 8:4:E,
      replace i:a:u, j:b:v by i:b:v, j:a:u if i < j && a > b>`,
    `<1:5:X, 2:3:Y, 3:8:Z, 4:1:A, 5:9:B, 6:2:C, 7:7:D, 8:4:E,
      replace i:a:u, j:b:v by i:b:u, j:a:v if i < j && a > b>`,
    `<G:1:5, G:2:3, H:1:8, H:2:1, G:3:1, H:3:2, G:4:4, H:4:0,
      replace g:i:a, g:j:b by g:i:b, g:j:a if i < j && a > b>`,
    `<1:5, 2:3, 3:5, 4:1, 5:3, 6:1, 7:7, 8:1, replace i:a, j:b by i:b, j:a if i < j && a > b>`,
    `<1:5, 1:3, 3:5, 3:1, 3:3, 6:1, 7:7, 7:1, replace i:a, j:b by i:b, j:a if i < j && a > b>`,
    `<1:2.5, 2:1, 3:0.5, 4:9, 5:4, 6:3.5, 7:2, 8:1.5,
      replace i:a, j:b by i:b, j:a if i < j && a > b>`,
  ],
  nearMisses: [
    `<${pairs}, replace i:a, j:b by i:b, j:a if i == j + 1 && a < b>`,
    `<${pairs}, replace i:a, j:b by i:b, j:b if i < j && a > b>`,
    `<${pairs}, replace-one i:a, j:b by i:b, j:a if i < j && a > b>`,
    `<${pairs}, replace i:a, j:b by i:b, j:a if i < j && a > b && a < 8>`,
    `<${pairs}, replace i:a, j:b, k:c by i:b, j:a, k:c if i < j && a > b && k == 1>`,
    `<1:A, 2:B, 3:C, 4:D, 5:E, 6:F, 7:G, 8:H, replace i:a, j:b by i:b, j:a if i < j && a > b>`,
    `<1:5:X, 1:3:Y, 3:8:Z, 3:1:A, 5:9:B, 6:2:C, 7:7:D, 8:4:E,
      replace i:a:u, j:b:v by i:b:u, j:a:v if i < j && a > b>`,
    `<1:5, 1.0:3, 2:8, 3:1, 4:4, 5:2, 6:6, 7:0, replace i:a, j:b by i:b, j:a if i < j && a > b>`,
  ],
}

const duplicates: Shape = {
  kernel: 'duplicates',
  variants: [
    `<1, 2, 2, 3, 1, 3, 3, 4, replace x, x by x>`,
    `<1, 2, 2, 3, 1, 3, 3, 4, replace n::Int, n by n>`,
    `<1, 2, 2, 3, 1, 3, 3, 4, replace a::Int, b::Int by b if a == b>`,
    `<1^3, 2^9, 3, 4, 5, 5, 6, replace x, x by x>`,
    `<"a", "b", "a", "c", "a", "b", replace w::String, w by w>`,
    `<"a", "b", "a", "c", "a", "b", replace v::String, w::String by w if v == w>`,
    `<A, B, A, C, A, C, B, replace x::Symbol, x by x>`,
    `<1.5, 2.5, 1.5, 2.5, 3.5, replace x, x by x>`,
    `<1:2, 1:2, 2:1, 1:2, 2:1, replace a:b, a:b by a:b>`,
    `<1:2, 1:2, 2:1, 1:2, 2:1, replace x, x by x>`,
    `<P:1:2, P:1:2, P:2:1, P:1:2, P:2:1, replace P:a:b, P:a:b by P:a:b>`,
    `<1:2, 1:2, 2:1, 1:2, 2:1, replace a:b, c:d by a:b if a == c && b == d>`,
    `<1, 2, 2, 3, 1, 3, 3, 4, A, (replace A by B:1), replace x::Int, x by x>`,
    `<true, false, true, true, replace x, x by x>`,
  ],
  nearMisses: [
    `<1, 2, 2, 3, 1, 3, 3, 4, replace x, x by x, x if x > 9>`,
    `<1, 2, 2, 3, 1, 3, 3, 4, replace-one x, x by x>`,
    `<1, 1.0, 2, 2.0, 3, 3.0, replace x::Number, y::Number by x if x == y && x != y>`,
    `<<1>, <1>, <2>, <1>, replace x::Solution, x by x>`,
    `<[1], [1], [2], [1], replace x::List, x by x>`,
    `<[1]:1, [1]:1, [2]:1, [1]:1, replace x, x by x>`,
    `<(replace A by B), (replace A by B), (replace A by C), replace x::Rule, x by x>`,
    `<1, 2, 3, 4, replace x, x, x by x, x, x if x > 5>`,
  ],
}

const counted: Shape = {
  kernel: 'counted batch',
  variants: [
    `<F:12, (replace F:n by F:(n - 1), F:(n - 2) if n > 1), replace F:n by S:n if n < 2>`,
    `<N:9, (replace N:1 by VALUE:1), (replace N:0 by VALUE:0),
      replace N:k by N:(k - 2), N:(k - 1) if !(k < 2)>`,
    `<12, replace n::Int by n - 1, n - 2 if n > 1>`,
    `<A^20, replace A by B>`,
    `<A^20, B^30, (replace A by B), replace B by C>`,
    `<5^20, replace x::Int by x - 1 if x > 0>`,
    `<5^20, 3^7, replace x::Int by V:(x * x)>`,
    `<V:5^20, V:2^9, replace V:x by x, x>`,
    `<A^21, replace A, A by B>`,
    `<4^21, 5^9, replace x::Int, x by W:x>`,
    `<3^17, replace x::Int, x, x by x + 1>`,
    `<"ab"^30, replace w::String by w:1>`,
    `<1^50, X, (replace X by Y), replace n::Int by n + 1 if n < 4>`,
    `<A:1^12, A:2^12, replace A:1 by A:2>`,
    `let k = 3 in <1^50, replace n::Int by n + k if n < 10>`,
  ],
  nearMisses: [
    `<A, B, C, D, replace A by B>`,
    `<A^20, replace-one A by B>`,
    `<A^∞, one A by B>`,
    `<A^-20, replace A by B>`,
    `<A^20, replace x^k by x:k if k > 1>`,
    `<A^20, replace A by <B>>`,
    `<1:1^20, replace x:x by A>`,
    `<A^12, B^12, replace A, B by C>`,
    `<A^20, replace A by (one Z by Y)>`,
    `<A^20, replace A by [1]>`,
  ],
}

const subtraction: Shape = {
  kernel: 'subtraction',
  variants: [
    `<12, 18, 24, 60, 42, (replace x::Int, y::Int by x, y - x if x <= y), replace 0 by ∅>`,
    `<12, 18, 24, 60, 42, (replace 0 by ∅), replace b::Int, a::Int by b - a, a if b >= a>`,
    `<12, 18, 24, 60, 42, (replace z::Int by ∅ if z == 0),
      replace big::Int, small::Int by big - small, small if big >= small && !(small == 0)>`,
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by x, y - x if x < y && x > 0>`,
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by x, y - x if x < y && 0 != x>`,
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by x, y - x if x < y>`,
    `<12, 18, 24, 60, 42, (replace x::Int, y::Int by x, y % x if x <= y && x != 0), replace 0 by ∅>`,
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by y % x, x if y >= x && x > 0>`,
    `<G:12, G:18, G:24, G:60, (replace G:x, G:y by G:x, G:(y - x) if x <= y), replace G:0 by ∅>`,
    `<12:Q, 18:Q, 24:Q, 60:Q, replace x:a, y:b by x:a, (y - x):b if x < y && x > 0>`,
    `<12, 18, 24, 60, 42, A, (replace A by B), (replace x::Int, y::Int by x, y - x if x <= y),
      replace 0 by ∅>`,
    `<12^5, 18^7, 60, 42, (replace x::Int, y::Int by x, y - x if x <= y), replace 0 by ∅>`,
  ],
  nearMisses: [
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by x, y - x if x < y - 1>`,
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by y, y - x if x < y && x < 0>`,
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by x + 0, y - x if x < y>`,
    `<12, 18, -24, 60, 42, replace x::Int, y::Int by x, y - x if x < y && x > 0>`,
    `<12.0, 18.0, 24.0, 60.0, replace x::Float, y::Float by x, y - x if x < y>`,
    `<12, 18, 24, 60, 42, replace-one x::Int, y::Int by x, y - x if x < y>`,
    `<12, 18, 24, 60, ∞, (one ∞ by 6), replace x::Int, y::Int by x, y - x if x < y && y < 1000>`,
    `<12, 18, 24, 60, 42, replace x::Int, y::Int by x, y / x if x < y && y > 70>`,
  ],
}

/** Every kernel there is. */
export const shapes: readonly Shape[] = [
  fold,
  keyedFold,
  divides,
  exchange,
  duplicates,
  counted,
  subtraction,
]
