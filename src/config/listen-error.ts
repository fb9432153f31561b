import { ConfigurationError } from '../core/configuration-error.ts'

const noHost = 'this machine has no such address; set one of its own, or 127.0.0.1'

/** By the system's code; PORT and HOST stand for the settings that hold them. */
const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT: another process has this port; set another one, 0 takes any that is free',
  EACCES: 'PORT: this process may not listen there; set a port from 1024 on',
  EADDRNOTAVAIL: `HOST: ${noHost}`,
  ENOTSUP: 'reusePort: this system cannot share a port between processes; take reusePort out',
  ENOTFOUND: `HOST: ${noHost}`,
}

/** Waits for something to listen; throws ConfigurationError where it may not. `port`, `host`: the settings that say where. */
export async function orAddressTaken<T>(opening: Promise<T>, port: string, host = 'HOST'): Promise<T> {
  try {
    return await opening
  } catch (error) {
    const problem = problems[String((error as NodeJS.ErrnoException).code)]
    if (problem === undefined) throw error
    throw new ConfigurationError([problem.replace(/^PORT/, port).replace(/^HOST/, host)])
  }
}
