import { setFlagsFromString } from 'node:v8'

/**
 * Runs `start` without letting the young generation of the heap grow. The modules that a start loads outlive collections,
 * for which V8 enlarges the young generation to 32 MB, and does not shrink it while the server is idle. Afterward, it grows
 * under load as usual.
 */
export async function withSmallYoungGeneration(start: () => Promise<void>): Promise<void> {
  setFlagsFromString('--semi-space-growth-factor=1')
  try {
    await start()
  } finally {
    // The default of V8, which reads the flag at each collection.
    setFlagsFromString('--semi-space-growth-factor=2')
  }
}
