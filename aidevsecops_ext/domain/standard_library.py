"""Modules that belong to the standard library of some Python but not of every one."""

from __future__ import annotations

_LATER_STANDARD_LIBRARY_WORDS = (
    "__main__ _typeshed annotationlib compression concurrent idlelib test tomllib"
)
LATER_STANDARD_LIBRARY = frozenset(_LATER_STANDARD_LIBRARY_WORDS.split())
"""Standard today, though the Python that runs this may not list them."""

_REMOVED_FROM_PYTHON_3 = (
    "_dummy_thread aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils"
    " dummy_threading formatter fpectl imghdr imp lib2to3 macpath macurl2path mailcap msilib nis"
    " nntplib ossaudiodev parser pipes smtpd sndhdr spwd sunau symbol telnetlib uu xdrlib"
)

_PYTHON_2 = (
    "__builtin__ anydbm BaseHTTPServer Bastion CGIHTTPServer commands ConfigParser Cookie"
    " cookielib copy_reg cPickle cStringIO dbhash DocXMLRPCServer dumbdbm dummy_thread"
    " exceptions future_builtins gdbm hotshot htmlentitydefs htmllib HTMLParser httplib ihooks"
    " imputil md5 mimetools MimeWriter mutex new popen2 Queue repr robotparser ScrolledText sets"
    " sha SimpleHTTPServer SimpleXMLRPCServer SocketServer statvfs StringIO thread Tix"
    " tkColorChooser tkCommonDialog Tkconstants Tkdnd tkFileDialog tkFont Tkinter tkMessageBox"
    " tkSimpleDialog ttk urllib2 urlparse user UserDict UserList UserString whichdb xmllib"
    " xmlrpclib"
)

FORMER_STANDARD_LIBRARY = frozenset(f"{_REMOVED_FROM_PYTHON_3} {_PYTHON_2}".split())
"""Standard once; code that imports them is old, not in want of a distribution."""
