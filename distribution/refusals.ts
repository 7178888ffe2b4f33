/** Why some ways to run a program are for one machine alone. */
export const onOneMachine = {
  strategy: 'nodes react at the same time: nobody says which reaction goes next',
  stochastic: 'nodes have no simulated time in common',
} as const
