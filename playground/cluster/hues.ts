/** A hue for a kind of molecules, the same wherever it is seen. */
export function hueOf(group: string): number {
  let hash = 7
  for (let i = 0; i < group.length; i++) hash = (hash * 31 + group.charCodeAt(i)) % 9_973
  return (hash * 47) % 360
}
