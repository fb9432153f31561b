import { ConfigurationError } from '../config/problems.ts'

const cures: Readonly<Record<string, (port: string) => string>> = {
  EADDRINUSE: (port) => `${port}: the port is taken; stop what listens there, or choose another one`,
  EACCES: (port) => `${port}: this process may not have the port; choose one above 1023`,
  EADDRNOTAVAIL: () => 'HOST: is no address of this machine; set it to one, or to 127.0.0.1',
  ENOTFOUND: () => 'HOST: is no name that can be found; set it to an address of this machine, such as 127.0.0.1',
}

/** Says of an address that cannot be listened at which setting mends it; anything else is thrown on. `port`: its setting. */
export const addressError =
  (port: string) =>
  (error: unknown): never => {
    const { code = '' } = error as NodeJS.ErrnoException
    const cure = cures[code]
    throw cure ? new ConfigurationError([cure(port)]) : error
  }
