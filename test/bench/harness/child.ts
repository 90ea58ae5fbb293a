// The program of all child processes of `npm run bench`.
import { serveParts } from '../../serve-parts'
import { breakerPart } from '../rows/breaker.child'
import { heartbeatPart } from '../rows/heartbeats.child'
import { prefer } from './prefer'
import { receiverPart } from './receiver-part'
import { senderPart } from './sender-part'

prefer(process.pid)
serveParts({
  sender: senderPart,
  receivers: receiverPart,
  heartbeats: heartbeatPart,
  breaker: breakerPart,
})
