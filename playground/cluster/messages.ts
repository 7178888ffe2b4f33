/*
 * What the page says to the threads of a cluster, and they to it. One thread keeps the bus and watches the
 * solution; each node is a thread of its own. All of it is plain data; nothing in it is ever HTML.
 */
import type { MoleculeKind, SourceFile } from '../session/messages.ts'

/** What the solution of a cluster is called that is all in the page. */
export const IN_THE_PAGE = 'page'

/** A program for nodes. */
export interface ClusterStart {
  readonly files: readonly [SourceFile, ...SourceFile[]]
  readonly seed: number
  readonly shards: number
  /** The run ends after so many reactions, about. */
  readonly reactions?: number
}

/** To the thread that watches. */
export type ToWatcher =
  /** Puts a solution on a bus of this thread. */
  | { readonly kind: 'start'; readonly start: ClusterStart }
  /** So many records of reactions are let into the logs each second; 0 is a pause. */
  | { readonly kind: 'pace'; readonly perSecond: number }
  /** A node of this page, at a port that comes along. */
  | { readonly kind: 'node'; readonly name: string; readonly port: MessagePort }
  | { readonly kind: 'node-gone'; readonly name: string }
  /** The bus is elsewhere, at a port that comes along. */
  | { readonly kind: 'bus'; readonly port: MessagePort }
  /** What there is on that bus: `listed` answers. */
  | { readonly kind: 'list' }
  | { readonly kind: 'watch'; readonly solution: string }

/** From the thread that watches. */
export type FromWatcher =
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'watching'; readonly solution: string; readonly program: string }
  | { readonly kind: 'view'; readonly view: ClusterView }
  | { readonly kind: 'result'; readonly text: string; readonly isCut: boolean }
  | {
      readonly kind: 'listed'
      readonly solutions: readonly ListedSolution[]
      readonly nodes: readonly ListedNode[]
    }
  | { readonly kind: 'trouble'; readonly message: string }

/** To a node's thread. */
export type ToNode =
  | {
      readonly kind: 'join'
      readonly name: string
      readonly solution: string
      /** Those that start at the same time. */
      readonly others: readonly string[] | undefined
      /** Reactions in a record. */
      readonly reactions: number | undefined
      /** Programs may write to the console of the page. */
      readonly hasConsole: boolean
      readonly port: MessagePort
    }
  /** Gives its shards away. */
  | { readonly kind: 'leave' }

/** From a node's thread. */
export type FromNode =
  | { readonly kind: 'joined' }
  | { readonly kind: 'left' }
  | { readonly kind: 'trouble'; readonly message: string }
  | { readonly kind: 'output'; readonly text: string }

/** Why a program is not for nodes. */
export interface Refusal {
  readonly code?: string
  readonly title: string
  readonly hint?: string
  /** `main.hocl:3:5` */
  readonly place?: string
}

export type ClusterState = 'running' | 'inert' | 'failed' | 'broken' | 'limit' | 'cancelled'

/** A solution as its logs tell it. */
export interface ClusterView {
  readonly state: ClusterState
  /** Of `failed` and `broken`. */
  readonly why?: string
  readonly reactions: number
  /** Records of reactions and of molecules that went and came. */
  readonly commits: number
  readonly onTheirWay: number
  /** The last one is where molecules come in. */
  readonly shards: readonly ShardView[]
  /** What has come from one shard to another since the last view; the rest of it is only counted. */
  readonly crossings: readonly Crossing[]
  /** The busiest ways so far. */
  readonly ways: readonly Way[]
}

export interface ShardView {
  readonly shard: number
  readonly isOutside: boolean
  /** The node that has claimed it last; undefined where nobody holds it. */
  readonly owner: string | undefined
  /** How often it was claimed. */
  readonly claims: number
  readonly isInert: boolean
  readonly reactions: number
  readonly commits: number
  /** Copies counted; ∞ where there is a supply. */
  readonly molecules: number
  readonly distinct: number
  /** The first ones, copies with them. */
  readonly entries: readonly MoleculeView[]
  /** How many there are of each kind, the most first. */
  readonly kinds: readonly KindView[]
}

export interface MoleculeView {
  readonly text: string
  readonly kind: MoleculeKind
  readonly group: string
  readonly copies: number
}

export interface KindView {
  readonly group: string
  readonly kind: MoleculeKind
  readonly molecules: number
}

/** Molecules that have come to a shard together. */
export interface Crossing {
  /** From 1 on, each with its own. */
  readonly number: number
  readonly from: number
  readonly to: number
  readonly molecules: number
  /** The first of them. */
  readonly text: string
  readonly kind: MoleculeKind
  readonly group: string
}

export interface Way {
  readonly from: number
  readonly to: number
  readonly molecules: number
}

export interface ListedSolution {
  readonly solution: string
  readonly program: string
  readonly state: 'running' | 'inert' | 'failed' | 'broken'
  readonly reactions: number
  readonly inert: number
  readonly shards: number
  readonly why?: string
}

export interface ListedNode {
  readonly node: string
  readonly shards: number
  readonly solutions: readonly string[]
  readonly trouble?: string
}
