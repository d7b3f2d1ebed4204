-- Asks the lines of a file in turn, each thread from its own place; tells what came of it as JSON.
-- The file holds paths with their query strings; the media type follows it among the arguments.

local threads = 0

function setup(thread)
  thread:set("place", threads * 7919)
  threads = threads + 1
end

function init(arguments)
  paths = {}
  for line in io.lines(arguments[1]) do
    paths[#paths + 1] = line
  end
  wrk.headers["Accept"] = arguments[2]
end

function request()
  place = place + 1
  return wrk.format("GET", paths[place % #paths + 1])
end

function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format(
    '\n{"answers": %d, "refused": %d, "broken": %d, "microseconds": %d, "median": %.1f, "p99": %.1f}\n',
    summary.requests - failed.status, failed.status,
    failed.connect + failed.read + failed.write + failed.timeout,
    summary.duration, latency:percentile(50), latency:percentile(99)))
end
