import type { HostClass, HostFunction } from './host.ts'
import { equalHostValues, hashHostValue } from './host-equality.ts'
import type { HostValue, Molecule } from './molecule.ts'

/** A value of a registered class, with the class that it was registered as. */
export class HostObject implements HostValue {
  readonly kind = 'host'
  readonly class: HostClass
  readonly value: object

  constructor(hostClass: HostClass, value: object) {
    this.class = hostClass
    this.value = value
  }

  get className(): string {
    return this.class.name
  }

  toHocl(): readonly Molecule[] | undefined {
    return this.class.arguments?.(this.value)
  }

  equals(other: unknown): boolean {
    return (
      other instanceof HostObject &&
      other.class === this.class &&
      equalHostValues(this.value, other.value)
    )
  }

  hashCode(): number {
    return hashHostValue(this.className, this.value)
  }
}

/** A value's own method, field or getter, as a function whose first argument is the value. */
export function memberOf(molecule: Molecule, name: string): HostFunction | undefined {
  return molecule instanceof HostObject ? molecule.class.members.get(name) : undefined
}
