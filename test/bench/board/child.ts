// The program of the load's processes and of those that hold the sockets.
import { serveParts } from '../harness/serve-parts'
import { loadPart } from './load-part'
import { socketsPart } from './sockets-part'

serveParts({ load: loadPart, sockets: socketsPart })
