#!lua flags=allow-oom
-- Whether one coordinator is timed out, whoever found it; claims the death if nobody has.
-- KEYS: 1 coordinator, 2 events, 3 beats, 4 deadlines, 5 monitor, 6 settings
-- ARGV: 1 prefix, 2 actor, 3 id, 4 monitor id, 5 clean up ('1'), 6 the handler's interval, ms
-- Answers: OK, liveness, and where it died: id of that event, who claimed it, Redis' time of the death,
--          last beat, silence ms, threshold ms, iteration, phase, cleaned up ('1'); else '' for each
--          | UNKNOWN
-- Events: coordinator.stale, coordinator.timed_out, monitor.grace_started
--- @include "includes/judge"
local id = ARGV[3]
local r = record_of(id)
if not r.liveness then return { 'UNKNOWN' } end
if r.liveness == 'active' or r.liveness == 'stale' then
  judge(id, r, ARGV[4], ARGV[5] == '1', judge_restart(ARGV[4], tonumber(ARGV[6])))
end
if not r.deathEv then return { 'OK', r.liveness, '', '', '', '', '', '', '', '', '' } end
return {
  'OK', r.liveness, r.deathEv, r.deathBy, string.match(r.deathEv, '^%d+'), r.lastBeat, r.deathSilent,
  r.seenThreshold, r.iteration, r.phase or '', r.deathCleaned,
}
