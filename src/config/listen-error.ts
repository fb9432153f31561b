import { ConfigurationError } from '../core/configuration-error.ts'

const unknownAddress = 'this machine does not have this address. Set one of its own addresses, or 127.0.0.1.'

/** Problem for each error code of the system. PORT and HOST are placeholders for the names of the settings. */
const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT: another process uses this port. Set another port, or 0 for a free port.',
  EACCES: 'PORT: this process is not allowed to use this port. Set a port of 1024 or higher.',
  EADDRNOTAVAIL: `HOST: ${unknownAddress}`,
  ENOTSUP: 'reusePort: this system cannot share a port between processes. Remove "reusePort".',
  ENOTFOUND: `HOST: ${unknownAddress}`,
}

/**
 * Waits until a server listens.
 *
 * @param port Name of the setting with the port, for the message of the error. `host` is that of the setting with the host.
 * @throws ConfigurationError if the server cannot listen at its address.
 */
export async function explainListenError<T>(opening: Promise<T>, port: string, host = 'HOST'): Promise<T> {
  try {
    return await opening
  } catch (error) {
    const problem = problems[String((error as NodeJS.ErrnoException).code)]
    if (problem === undefined) throw error
    throw new ConfigurationError([problem.replace(/^PORT/, port).replace(/^HOST/, host)])
  }
}
