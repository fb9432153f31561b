/**
 * Sandboxes: local servers for tests that simulate the APIs of the vendors on loopback ports. They require neither the
 * Parley server nor a vendor account.
 *
 * @module
 */
export { sandboxNames, startSandbox } from './start-sandbox.ts'
export type { SandboxName } from './start-sandbox.ts'
export { startSandboxes, writeConfiguration } from './start-sandboxes.ts'
export type { Sandboxes } from './start-sandboxes.ts'
export { serveSandbox } from './kit.ts'
export type { Fault } from './faults.ts'
export type { Effect, LedgerEntry, Sandbox, SandboxApp, SandboxKit, SandboxOptions } from './kit.ts'
export type { IMeetCentralSandboxOptions, IMeetCentralSandbox } from './imeetcentral/index.ts'
export type { TrueConfSandbox, TrueConfSandboxOptions } from './trueconf/index.ts'
export type { ZoomSandbox, ZoomSandboxOptions } from './zoom/index.ts'
