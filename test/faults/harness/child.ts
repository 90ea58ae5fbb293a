// The program of all child processes of `npm run faults`.
import { serveParts } from '../../serve-parts'
import { lateWriterPart } from '../parts/late-writer'
import { monitorPart } from '../parts/monitor'
import { swarmPart } from '../parts/swarm'

serveParts({ swarm: swarmPart, monitor: monitorPart, 'late-writer': lateWriterPart })
