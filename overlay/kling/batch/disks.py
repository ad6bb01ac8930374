"""Network drives, on which an SQLite file is not safe."""

from pathlib import Path

_SHARED = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs"}
    | {"fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse", "fuse.glusterfs"}
)


def network_drive(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """Return the kind of network drive that a path is on; empty if it is a local disk, or unknown.

    Only Linux lists its drives. On Windows, the name of a share shows it.
    """
    if str(path).startswith("\\\\"):
        return "a Windows share"
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = {Path(mount[1].replace("\\040", " ")): mount[2] for mount in map(str.split, lines)}
    whole = path.absolute()
    holder = next((folder for folder in (whole, *whole.parents) if folder in found), None)
    kind = found[holder] if holder else ""
    return kind if kind in _SHARED else ""
