export {
  startProcess as startParley,
  type ServerProcess as Parley,
  type ProcessOptions as ParleyOptions,
} from '../test/support/server.ts'
