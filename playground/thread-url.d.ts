/** The address of a worker's script: `build/threads.ts`. */
declare module '*?thread' {
  const url: string
  export default url
}
