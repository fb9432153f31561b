import { startAttack, type Attack, type RunningAttack } from './harness/attacks.ts'

/** Runs one attack at a time, in a process of its own, so that it does not delay the measured caller. */
let running: RunningAttack | null = null
process.on('message', (order: { port: number; attack: Attack } | 'stop') => {
  if (order !== 'stop') running = startAttack(order.port, order.attack)
  else void running?.stop().then(() => process.exit())
})
