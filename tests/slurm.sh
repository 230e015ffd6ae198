#!/usr/bin/env bash
# A run and a sweep as job arrays of a real Slurm on this machine, with a task that is requeued: merged, they have the bytes of one
# process. Needs root, and Debian's munge, slurmctld, slurmd and slurm-client.
#     tests/slurm.sh target/release/headstart
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "$1")
for needed in munged slurmctld slurmd sbatch; do
    command -v "$needed" >/dev/null || { echo "no $needed here"; exit 0; }
done
work=$(mktemp -d)
host=$(hostname -s)
export SLURM_CONF="$work/slurm.conf"
cat >"$SLURM_CONF" <<EOF
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool/%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd-%n.log
SlurmctldPort=16817
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
KillWait=5
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17001 CPUs=1 RealMemory=1000 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17002 CPUs=1 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0,bf_interval=1
EOF
mkdir -p "$work/state" "$work/spool/n1" "$work/spool/n2" /run/munge
started=()
stop() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT
if ! munge -n >/dev/null 2>&1; then
    chown munge: /run/munge
    setpriv --reuid=munge --regid=munge --clear-groups munged --foreground 2>"$work/munged.log" & started+=($!)
fi
sleep 1
slurmctld -D -f "$SLURM_CONF" 2>/dev/null & started+=($!)
slurmd -D -f "$SLURM_CONF" -N n1 2>/dev/null & started+=($!)
slurmd -D -f "$SLURM_CONF" -N n2 2>/dev/null & started+=($!)
for _ in $(seq 60); do sinfo -h -t idle -o %D 2>/dev/null | grep -q 2 && break; sleep 1; done
sinfo

# Waits until no job is left.
finished() { while squeue -h | grep -q .; do sleep 1; done; }

model=$PWD/scenarios/takeoff.ron
cat >"$work/part.sh" <<EOF
#!/usr/bin/env bash
#SBATCH --requeue
#SBATCH --output=$work/job-%a.txt
exec "$program" run "$model" -n 5e8 -q --threads 1 --arithmetic double --shard "\$SLURM_ARRAY_TASK_ID/20" --out "$work/parts"
EOF
echo "== an array of 20 parts, of which two are left out and one is requeued"
job=$(sbatch --parsable --array=1-6,8-18,20 "$work/part.sh")
for _ in $(seq 30); do squeue -h -t running -o %i | grep -q "${job}_1$" && break; sleep 0.2; done
scontrol requeue "${job}_1" && echo "requeued ${job}_1"
# A requeued task waits until Slurm thinks that its node is clean.
for _ in $(seq 150); do squeue -h | grep -q . || break; scontrol update JobId="${job}_1" StartTime=now 2>/dev/null || true; sleep 1; done
finished
missing=$("$program" merge "$work/parts" 2>&1 || true)
echo "$missing"
array=${missing##*sbatch }
test "$array" = "--array=7,19"
sbatch --parsable "$array" "$work/part.sh"
finished
"$program" merge "$work/parts" --format json >"$work/merged.json"
"$program" run "$model" -n 5e8 -q --arithmetic double --format json | cmp - "$work/merged.json"
echo "merged: the bytes of one run, digest included"
"$program" verify "$work/merged.json"

echo "== a sweep as an array of 4"
cat >"$work/sweep.sh" <<EOF
#!/usr/bin/env bash
#SBATCH --output=$work/sweep-%a.txt
exec "$program" sweep --file "$PWD/scenarios/takeoff-sweeps.ron" --out "$work/sweeps" -q --threads 1 --draws 20000 --shard "\$SLURM_ARRAY_TASK_ID/4"
EOF
sbatch --parsable --array=1-4 "$work/sweep.sh"
finished
"$program" sweep --file scenarios/takeoff-sweeps.ron --out "$work/sweeps" -q --draws 20000
"$program" sweep --file scenarios/takeoff-sweeps.ron --out "$work/whole" -q --draws 20000 >/dev/null
for file in "$work"/whole/*.*; do test -d "$file" || cmp "$file" "$work/sweeps/$(basename "$file")"; done
echo "swept: the bytes of one process"
