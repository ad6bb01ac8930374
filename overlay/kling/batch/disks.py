"""Network drives, on which an SQLite file is not safe."""

from pathlib import Path

# The names that Linux uses for the file systems of network drives.
_NETWORK_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs"}
    | {"fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse", "fuse.glusterfs"}
)


def network_drive(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """Return the kind of network drive that a path is on.

    The result is empty if the path is on a local disk, or if the kind of drive is not known.
    Linux lists its drives in the file `mounts`. On Windows, the path of a share begins with two
    backslashes. On other systems, nothing is known.
    """
    if str(path).startswith("\\\\"):
        return "a Windows share"
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    kinds: dict[Path, str] = {}
    for line in lines:
        _, folder, kind, *_ = line.split()
        # In this file, \040 means a space.
        kinds[Path(folder.replace("\\040", " "))] = kind
    path = path.absolute()
    for parent in (path, *path.parents):
        if parent in kinds:
            return kinds[parent] if kinds[parent] in _NETWORK_KINDS else ""
    return ""
