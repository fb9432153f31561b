import { VendorAccount, type AccountPlan, type Health } from './harness/vendor-account.ts'

/** The process of the vendors. `bench/harness/vendors.ts` starts it and sends commands. */
const accounts = new Map<string, VendorAccount>()
const all = (): VendorAccount[] => [...accounts.values()]
const of = <T>(take: (account: VendorAccount) => T): Record<string, T> =>
  Object.fromEntries(all().map((account) => [account.plan.key, take(account)]))

const commands = {
  /** Returns the settings of each account. */
  open: async (plans: AccountPlan[]) => {
    for (const plan of plans) accounts.set(plan.key, await VendorAccount.start(plan))
    return of(({ settings }) => settings)
  },
  truths: () => of(({ truth }) => truth),
  /** Adds log-normal latencies (p50 40 ms, p99 400 ms), and faults for a share of the calls. */
  injectFaults: (share: number) => {
    for (const account of all()) {
      account.slow = true
      account.injectFaults(share)
    }
  },
  health: (key: string, health: Health) => void (accounts.get(key)!.health = health),
  watch: (on: boolean) => {
    for (const account of all()) account.watched = on
  },
  seen: () => of(({ seen }) => ({ ...seen })),
  times: () => of((account) => account.takeTimes()),
  effects: () => of(({ effects }) => effects),
  cpu: () => process.cpuUsage(),
  close: async () => {
    await Promise.all(all().map((account) => account.close()))
    process.disconnect()
  },
}
export type Commands = typeof commands

interface Order {
  id: number
  command: keyof Commands
  args: unknown[]
}

process.on('message', async ({ id, command, args }: Order) => {
  const run = commands[command] as (...args: unknown[]) => unknown
  const result = await run(...args)
  if (process.connected) process.send!({ id, result })
})
